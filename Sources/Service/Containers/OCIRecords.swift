import LinuxSystem
import NetworkModel
import OrderedJSON

/// The state directory of an OCI runtime, with a directory for each container by its ID:
/// `state.json` of runc, `status` of crun. Either may be below the same directory.
package struct OCIRecords: Sendable {
  let folder: RecordFolder

  package init(_ folder: RecordFolder) {
    self.folder = folder
  }

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
    if let status = try folder.value("status", in: container) {
      return try process(status, "pid", "process-start-time", of: id)
    }
    if let state = try folder.value("state.json", in: container) {
      return try process(state, "init_process_pid", "init_process_start", of: id)
    }
    // A directory that crun keeps for itself, or a container that is being created.
    return nil
  }

  /// The files that a container of root's resolves names with, if its runtime mounted some.
  func nameMounts(of id: String) -> NameMounts? {
    guard let root = (try? folder.open()) ?? nil else { return nil }
    return nameMounts(of: id, in: root)
  }

  /// The same in the open directory.
  func nameMounts(of id: String, in root: borrowing Directory) -> NameMounts? {
    // A user could name any file.
    guard self.folder.user == nil, id.isFileName,
      let container = (try? folder.open(id, in: root)) ?? nil
    else { return nil }
    // crun keeps the bundle's configuration.
    if let status = (try? folder.value("status", in: container)) ?? nil,
      let configuration = (try? folder.value("config.json", in: container)) ?? nil
    {
      return NameMounts(
        ofConfiguration: configuration, bundle: status.object?["bundle"]?.string ?? "")
    }
    guard let state = (try? folder.value("state.json", in: container)) ?? nil,
      let configuration = state.object?["config"]?.object,
      let rootPath = configuration["rootfs"]?.string
    else { return nil }
    return NameMounts(mounts: configuration["mounts"], root: rootPath)
  }

  private func process(
    _ record: JSONValue, _ process: String, _ start: String, of id: String
  ) throws(FinderError) -> ProcessIdentity {
    do throws(DocumentError) {
      let reader = try ObjectReader(record)
      return ProcessIdentity(id: try reader.integer(process), start: try reader.integer(start))
    } catch {
      throw .unintelligible(folder.path + "/" + id)
    }
  }
}

extension FoundContainer.Location {
  /// A process, if it lives.
  init(_ process: ProcessIdentity?) {
    if let process, process.isAlive { self = .process(process) } else { self = .stopped }
  }
}
