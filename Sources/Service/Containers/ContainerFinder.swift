public import LinuxSystem

/// Finds the containers of one kind. A finder only reads, starts no program, and takes little time
/// if its runtime is absent. `netctl/ContainerFinders+Runtimes.swift` lists all, in their order.
package protocol ContainerFinder: Sendable {
  /// What makes the containers.
  var kind: ContainerKind { get }
  /// The container that a name, ID or ID prefix refers to, as its runtime resolves them; nil if
  /// there is none, or the runtime is absent.
  func container(_ name: String) throws(FinderError) -> FoundContainer?
  /// Whether it waits for others to tell what it finds.
  var asksOthers: Bool { get }
  /// Every container, as far as that can be told by a deadline.
  func containers(until deadline: Deadline) throws(FinderError) -> [ListedContainer]
  /// Whether the runtime no longer has a container with an ID; nil if it does not say, as one that
  /// is absent, or one whose containers never start again.
  func hasRemoved(_ id: String) throws(FinderError) -> Bool?
}

extension ContainerFinder {
  package var asksOthers: Bool { false }

  package func hasRemoved(_ id: String) throws(FinderError) -> Bool? { nil }
}

/// Why a finder does not know whether a container exists.
public enum FinderError: Error, Hashable, Sendable {
  /// The socket or file at a path cannot be used.
  case inaccessible(String, Errno)
  /// The daemon behind a socket gives no answer in time.
  case unresponsive(String)
  /// What a socket or file holds is not what was expected.
  case unintelligible(String)
  /// The daemon refuses to answer, with this message.
  case refused(String, message: String)
  /// Several containers match; the spellings of all of them.
  case ambiguous([String])
}

/// A finder that could not answer.
public struct FinderFailure: Error, Hashable, Sendable {
  /// The kind of containers that it finds.
  public let kind: ContainerKind
  /// The reason.
  public let error: FinderError

  init(kind: ContainerKind, error: FinderError) {
    self.kind = kind
    self.error = error
  }
}
