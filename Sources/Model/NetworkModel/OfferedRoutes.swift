public import Addressing

/// The default routes that a network offers its containers, at most one of each family.
public struct OfferedRoutes: Hashable, Sendable {
  /// The gateways.
  public let gateways: [IPAddress]
  /// The families whose packets need no gateway: all destinations are on the link.
  public let onLink: Set<AddressFamily>

  package init(gateways: [IPAddress] = [], onLink: Set<AddressFamily> = []) {
    self.gateways = gateways
    self.onLink = onLink
  }

  /// The routes of some families only.
  package func filtered(by isIncluded: (AddressFamily) -> Bool) -> OfferedRoutes {
    OfferedRoutes(
      gateways: gateways.filter { isIncluded($0.family) }, onLink: onLink.filter(isIncluded))
  }

  /// The gateway of one family; nil for a route without one, and for none.
  public func gateway(_ family: AddressFamily) -> IPAddress? {
    gateways.first { $0.family == family }
  }

  /// Whether there is a route of the family.
  func includes(_ family: AddressFamily) -> Bool {
    gateway(family) != nil || onLink.contains(family)
  }

  /// The number of routes.
  var count: Int { gateways.count + onLink.count }
}
