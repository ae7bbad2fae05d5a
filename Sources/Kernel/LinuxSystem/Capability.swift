import CLinux

/// A privilege of a thread (capabilities(7)).
package struct Capability: Sendable {
  private let number: UInt32

  /// CAP_NET_ADMIN: links, addresses, routes and rules of the thread's network namespace.
  package static let networkAdministration = Capability(number: UInt32(CAP_NET_ADMIN))

  /// Whether the thread lacks it.
  package var isMissing: Bool { clinux_has_capability(number) == 0 }
}
