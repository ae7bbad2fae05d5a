/// How far away the other end of an address or a route can be.
public struct RouteScope: RawRepresentable, Hashable, Sendable {
  /// The kernel's number.
  public let rawValue: UInt8

  /// Wraps the kernel's number.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// Anywhere.
  public static let universe = RouteScope(rawValue: 0)
  /// On the same link.
  public static let link = RouteScope(rawValue: 253)
  /// On this host.
  public static let host = RouteScope(rawValue: 254)
}
