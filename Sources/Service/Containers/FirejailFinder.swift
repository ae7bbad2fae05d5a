import LinuxSystem

/// Sandboxes of firejail by the name given by `--name`: a file for each, called after the process
/// of firejail, holds the name.
package struct FirejailFinder: ContainerFinder {
  package let kind = ContainerKind.firejail
  private let folder: RecordFolder

  package init(_ folder: RecordFolder) {
    self.folder = folder
  }

  package func container(_ name: String) throws(FinderError) -> FoundContainer? {
    guard let root = try folder.open() else { return nil }
    for file in try folder.names(in: root) {
      guard let number = Int32(file), let contents = try folder.contents(file, in: root),
        String(decoding: contents, as: UTF8.self).split(separator: "\n").first.map(String.init)
          == name,
        let process = ProcessIdentity(ofLive: number)
      else { continue }
      // The sandbox is the child; its parent stays in the host's namespace.
      return FoundContainer(
        .firejail, name: name, location: FoundContainer.Location(process.children.first))
    }
    return nil
  }
}
