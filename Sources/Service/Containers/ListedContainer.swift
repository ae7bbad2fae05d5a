/// A container in a list of all.
package struct ListedContainer: Sendable {
  /// What made it.
  package let kind: ContainerKind
  package let name: String
  /// The runtime's own ID, if that is not its name.
  package let id: String?
  package let isRunning: Bool
  /// The reference that leads to this container and no other.
  package let spelling: String

  /// Describes a container that was found.
  init(_ found: FoundContainer) {
    kind = found.kind
    name = found.name
    id = found.id
    isRunning = found.isRunning
    spelling = found.spelling
  }

  /// Describes one that a daemon lists without its process.
  init(_ kind: ContainerKind, name: String, id: String? = nil, isRunning: Bool, user: UInt32?) {
    self.kind = kind
    self.name = name
    self.id = id
    self.isRunning = isRunning
    let found = FoundContainer(kind, name: name, location: .stopped, user: user)
    spelling = found.spelling
  }
}
