import LinuxSystem

/// Containers of containerd that runc or crun runs, by their ID in any containerd namespace, or by
/// `NAMESPACE:ID`.
package struct ContainerdFinder: ContainerFinder {
  package let kind = ContainerKind.containerd
  private let folder: RecordFolder

  package init(_ folder: RecordFolder) {
    self.folder = folder
  }

  package func container(_ name: String) throws(FinderError) -> FoundContainer? {
    guard let root = try folder.open() else { return nil }
    let parts = name.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 2 {
      guard parts[0].isFileName else { return nil }
      return try container(parts[1], in: parts[0], root)
    }
    var found: [FoundContainer] = []
    for namespace in try folder.names(in: root) {
      if let container = try container(name, in: namespace, root) { found.append(container) }
    }
    if found.count > 1 { throw .ambiguous(found.map(\.spelling)) }
    return found.first
  }

  private func container(
    _ id: String, in namespace: String, _ root: borrowing Directory
  ) throws(FinderError) -> FoundContainer? {
    guard id.isFileName, let folder = try folder.open(namespace, in: root),
      let process = try OCIRecords(self.folder).process(of: id, in: folder)
    else { return nil }
    return FoundContainer(
      .containerd, name: id, reference: "\(namespace):\(id)",
      location: FoundContainer.Location(process), user: self.folder.user)
  }
}
