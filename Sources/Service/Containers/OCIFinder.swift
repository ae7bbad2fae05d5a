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
    return FoundContainer(
      kind, name: name, location: FoundContainer.Location(process), user: records.folder.user)
  }
}
