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
    guard let process = try records.process(of: name) else { return nil }
    return found(name, process, records.nameMounts(of: name))
  }

  package func containers(until deadline: Deadline) throws(FinderError) -> [ListedContainer] {
    try records.processes().map { ListedContainer(found($0.id, $0.process)) }
  }

  private func found(
    _ id: String, _ process: ProcessIdentity, _ nameMounts: NameMounts? = nil
  ) -> FoundContainer {
    FoundContainer(
      kind, name: id, location: FoundContainer.Location(process), user: records.folder.user,
      nameMounts: nameMounts)
  }
}
