package import LinuxSystem
import NetworkModel

/// Containers of runc or crun, by their ID.
package struct OCIFinder: ContainerFinder {
  package let kind: ContainerKind
  private let records: OCIRecords

  package init(_ kind: ContainerKind, _ folder: RecordFolder) {
    self.kind = kind
    records = OCIRecords(folder)
  }

  package func container(_ name: String) throws(FinderError) -> FoundContainer? {
    guard name.isFileName, let root = try records.folder.open(),
      let process = try records.process(of: name, in: root)
    else { return nil }
    let configuration = records.configuration(of: name, in: root)
    // Containers in one namespace are one: that which the namespace was made for.
    guard process.isAlive, let host = try records.host(of: configuration, in: root) else {
      return found(name, process, configuration, in: root)
    }
    return found(host.id, host.process, records.configuration(of: host.id, in: root), in: root)
  }

  package func containers(until deadline: Deadline) throws(FinderError) -> [ListedContainer] {
    guard let root = try records.folder.open() else { return [] }
    return try records.processes(in: root).map { id, process in
      ListedContainer(found(id, process, in: root))
    }
  }

  private func found(
    _ id: String, _ process: ProcessIdentity, _ configuration: OCIConfiguration? = nil,
    in root: borrowing Directory
  ) -> FoundContainer {
    FoundContainer(
      kind, name: id, location: FoundContainer.Location(process), user: records.folder.user,
      state: records.state(of: id, in: root), sharing: configuration?.sharing ?? .none,
      nameMounts: configuration?.nameMounts)
  }
}
