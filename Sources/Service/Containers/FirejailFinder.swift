package import LinuxSystem

/// Sandboxes of firejail by the name given by `--name`: a file for each, called after the process
/// of firejail, holds the name.
package struct FirejailFinder: ContainerFinder {
  package let kind = ContainerKind.firejail
  private let folder: RecordFolder

  package init(_ folder: RecordFolder) {
    self.folder = folder
  }

  package func container(_ name: String) throws(FinderError) -> FoundContainer? {
    try all().first { $0.name == name }
  }

  package func containers(until deadline: Deadline) throws(FinderError) -> [ListedContainer] {
    try all().map(ListedContainer.init)
  }

  private func all() throws(FinderError) -> [FoundContainer] {
    guard let root = try folder.open() else { return [] }
    var all: [FoundContainer] = []
    for file in try folder.names(in: root) {
      guard let number = Int32(file), let contents = try folder.contents(file, in: root),
        let name = String(decoding: contents, as: UTF8.self).split(separator: "\n").first,
        let process = ProcessIdentity(ofLive: number)
      else { continue }
      // The sandbox is the child; its parent stays in the host's namespace.
      all.append(
        FoundContainer(
          .firejail, name: String(name),
          location: FoundContainer.Location(process.children.first)))
    }
    return all
  }
}
