public import Addressing

/// An endpoint's qualities as the owner of the container's default route.
public struct RouteCandidate: Hashable, Sendable {
  /// The network's name; the last criterion.
  public let networkName: String
  /// `--gw-priority`; the first criterion.
  public let priority: Int64
  /// The gateways of the network; empty for an internal network.
  public let gateways: [IPAddress]

  package init(networkName: String, priority: Int64 = 0, gateways: [IPAddress] = []) {
    self.networkName = networkName
    self.priority = priority
    self.gateways = gateways
  }

  /// The gateway of one family.
  public func gateway(_ family: AddressFamily) -> IPAddress? {
    gateways.first { $0.family == family }
  }

  /// Docker's order (29.5 and later decide per family): the higher priority, then the network with
  /// more families, then the name, bytewise.
  package func precedes(_ other: RouteCandidate) -> Bool {
    if priority != other.priority { return priority > other.priority }
    if gateways.count != other.gateways.count { return gateways.count > other.gateways.count }
    return networkName.utf8.lexicographicallyPrecedes(other.networkName.utf8)
  }
}

extension Sequence<Endpoint> {
  /// The endpoint that owns the container's default route of one family, if any can.
  public func defaultRouteOwner(_ family: AddressFamily) -> Endpoint? {
    filter { $0.route.gateway(family) != nil }.min { $0.route.precedes($1.route) }
  }
}
