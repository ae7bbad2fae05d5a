/// A container in a list of all.
package struct ListedContainer: Sendable {
  /// What made it.
  package let kind: ContainerKind
  package let name: String
  /// The runtime's own ID, if that is not its name.
  package let id: String?
  package let isRunning: Bool
  /// What its runtime calls its state; nil if the runtime has no word for it.
  package let state: String?
  /// The reference that leads to this container and no other.
  package let spelling: String

  /// Describes a container that was found.
  init(_ found: FoundContainer) {
    kind = found.kind
    name = found.name
    id = found.id
    isRunning = found.isRunning
    state = found.state
    spelling = found.spelling
  }

  /// Describes one that a daemon lists without its process.
  init(
    _ kind: ContainerKind, name: String, id: String? = nil, isRunning: Bool, state: String? = nil,
    user: UInt32?
  ) {
    self.kind = kind
    self.name = name
    self.id = id
    self.isRunning = isRunning
    self.state = state
    let found = FoundContainer(kind, name: name, location: .stopped, user: user)
    spelling = found.spelling
  }
}
