package import LinuxSystem
import NetworkModel

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

  package func containers(until deadline: Deadline) throws(FinderError) -> [ListedContainer] {
    guard let root = try folder.open() else { return [] }
    var listed: [ListedContainer] = []
    for namespace in try folder.names(in: root) {
      guard let records = try folder.open(namespace, in: root) else { continue }
      for (id, process) in try OCIRecords(folder, at: namespace).processes(in: records) {
        listed.append(ListedContainer(found(id, in: namespace, process)))
      }
    }
    return listed
  }

  private func container(
    _ id: String, in namespace: String, _ root: borrowing Directory
  ) throws(FinderError) -> FoundContainer? {
    guard id.isFileName, let folder = try folder.open(namespace, in: root) else { return nil }
    let records = OCIRecords(self.folder, at: namespace)
    guard let process = try records.process(of: id, in: folder) else { return nil }
    let configuration = records.configuration(of: id, in: folder)
    // Containers in one namespace are one: that which the namespace was made for.
    guard process.isAlive, let host = try records.host(of: configuration, in: folder) else {
      return found(id, in: namespace, process, configuration)
    }
    return found(
      host.id, in: namespace, host.process, records.configuration(of: host.id, in: folder))
  }

  private func found(
    _ id: String, in namespace: String, _ process: ProcessIdentity,
    _ configuration: OCIConfiguration? = nil
  ) -> FoundContainer {
    FoundContainer(
      .containerd, name: id, reference: "\(namespace):\(id)",
      location: FoundContainer.Location(process), user: folder.user,
      sharing: configuration?.sharing ?? .none, nameMounts: configuration?.nameMounts)
  }
}
