import CLinux

/// A privilege of a thread (capabilities(7)).
public struct Capability: Sendable {
  private let number: UInt32

  /// CAP_NET_ADMIN: links, addresses, routes and rules of the thread's network namespace.
  public static let networkAdministration = Capability(number: UInt32(CAP_NET_ADMIN))

  /// Whether the thread lacks it.
  public var isMissing: Bool { clinux_has_capability(number) == 0 }
}
