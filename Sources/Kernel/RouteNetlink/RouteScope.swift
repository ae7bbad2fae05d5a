/// The scope of an address or a route.
package struct RouteScope: RawRepresentable, Hashable, Sendable {
  /// The kernel's number.
  package let rawValue: UInt8

  /// Wraps the kernel's number.
  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// Anywhere.
  package static let universe = RouteScope(rawValue: 0)
  /// On the same link.
  package static let link = RouteScope(rawValue: 253)
  /// On this host.
  package static let host = RouteScope(rawValue: 254)
}
