import LinuxSystem
import OrderedJSON

/// The state folder of an OCI runtime, with a folder for each container by its ID: `state.json` of
/// runc, `status` of crun. Either may be below the same folder.
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

  /// The same in the open folder.
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
    // A folder that crun keeps for itself, or a container that is being created.
    return nil
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
