import LinuxSystem
import NetworkModel
import OrderedJSON

/// The state directory of an OCI runtime, with a directory for each container by its ID:
/// `state.json` of runc, `status` of crun. Either may be below the same directory.
package struct OCIRecords: Sendable {
  let folder: RecordFolder
  /// The folder in that one which has the records, for errors; empty for that one.
  private let place: String

  package init(_ folder: RecordFolder, at place: String = "") {
    self.folder = folder
    self.place = place
  }

  private func path(of id: String) -> String { place.isEmpty ? id : place + "/" + id }

  /// The first process of a container, which may have ended: the record stays until the container
  /// is deleted. Nil if there is no such container.
  func process(of id: String) throws(FinderError) -> ProcessIdentity? {
    guard id.isFileName, let folder = try folder.open() else { return nil }
    return try process(of: id, in: folder)
  }

  /// The IDs and first processes of all containers; those whose record cannot be read are left out.
  func processes() throws(FinderError) -> [(id: String, process: ProcessIdentity)] {
    guard let folder = try folder.open() else { return [] }
    return try processes(in: folder)
  }

  /// The same in the open directory.
  func processes(
    in root: borrowing Directory
  ) throws(FinderError) -> [(id: String, process: ProcessIdentity)] {
    var found: [(id: String, process: ProcessIdentity)] = []
    for id in try folder.names(in: root) {
      if let process = try? process(of: id, in: root) { found.append((id, process)) }
    }
    return found
  }

  /// The first process of a container in the open directory.
  func process(
    of id: String, in root: borrowing Directory
  ) throws(FinderError) -> ProcessIdentity? {
    guard let container = try folder.open(id, in: root) else { return nil }
    if let status = try folder.value("status", in: container, at: path(of: id)) {
      return try process(status, "pid", "process-start-time", of: id)
    }
    if let state = try folder.value("state.json", in: container, at: path(of: id)) {
      return try process(state, "init_process_pid", "init_process_start", of: id)
    }
    // A directory that crun keeps for itself, or a container that is being created.
    return nil
  }

  /// The state of a container whose program waits for its start; nil in any other.
  func state(of id: String, in root: borrowing Directory) -> String? {
    guard let container = (try? folder.open(id, in: root)) ?? nil else { return nil }
    return (try? container.names())?.contains("exec.fifo") == true ? "created" : nil
  }

  /// What the runtime was told of a container; nil if that cannot be read.
  func configuration(of id: String) -> OCIConfiguration? {
    guard let root = (try? folder.open()) ?? nil else { return nil }
    return configuration(of: id, in: root)
  }

  /// The same in the open directory.
  func configuration(of id: String, in root: borrowing Directory) -> OCIConfiguration? {
    guard id.isFileName, let container = (try? folder.open(id, in: root)) ?? nil else {
      return nil
    }
    // Files are named only by root's: a user could name any.
    let isRoots = self.folder.user == nil
    // crun keeps the bundle's configuration.
    if let status = (try? folder.value("status", in: container)) ?? nil,
      let configuration = (try? folder.value("config.json", in: container)) ?? nil
    {
      return OCIConfiguration(
        namespaces: configuration.object?["linux"]?.object?["namespaces"], type: "network",
        nameMounts: isRoots
          ? NameMounts(
            ofConfiguration: configuration, bundle: status.object?["bundle"]?.string ?? "") : nil)
    }
    guard let state = (try? folder.value("state.json", in: container)) ?? nil,
      let configuration = state.object?["config"]?.object
    else { return nil }
    let mounts = configuration["rootfs"]?.string.flatMap {
      NameMounts(mounts: configuration["mounts"], root: $0)
    }
    return OCIConfiguration(
      namespaces: configuration["namespaces"], type: "NEWNET", nameMounts: isRoots ? mounts : nil)
  }

  /// The container whose namespace a container joined; nil if it has its own, or that container is
  /// gone or another runtime's.
  func host(
    of configuration: OCIConfiguration?, in root: borrowing Directory
  ) throws(FinderError) -> (id: String, process: ProcessIdentity)? {
    guard let joined = configuration?.joinedProcess else { return nil }
    return try processes(in: root).first { $0.process.id == joined && $0.process.isAlive }
  }

  private func process(
    _ record: JSONValue, _ process: String, _ start: String, of id: String
  ) throws(FinderError) -> ProcessIdentity {
    do throws(DocumentError) {
      let reader = try ObjectReader(record)
      return ProcessIdentity(id: try reader.integer(process), start: try reader.integer(start))
    } catch {
      throw .unintelligible(folder.path + "/" + path(of: id))
    }
  }
}

extension FoundContainer.Location {
  /// A process, if it lives.
  init(_ process: ProcessIdentity?) {
    if let process, process.isAlive { self = .process(process) } else { self = .stopped }
  }
}
