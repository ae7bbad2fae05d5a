public import Addressing

/// An endpoint's qualities as the owner of the container's default route.
public struct RouteCandidate: Hashable, Sendable {
  /// The network's name; the last criterion.
  public let networkName: String
  /// `--gw-priority`; the first criterion.
  public let priority: Int64
  /// The default routes of the network; none for an internal network.
  public let routes: OfferedRoutes

  package init(networkName: String, priority: Int64 = 0, routes: OfferedRoutes = OfferedRoutes()) {
    self.networkName = networkName
    self.priority = priority
    self.routes = routes
  }

  /// Docker's order (29.5 and later decide per family): the higher priority, then the network with
  /// more families, then the name, bytewise.
  package func precedes(_ other: RouteCandidate) -> Bool {
    if priority != other.priority { return priority > other.priority }
    if routes.count != other.routes.count { return routes.count > other.routes.count }
    return networkName.utf8.lexicographicallyPrecedes(other.networkName.utf8)
  }
}

extension Sequence<Endpoint> {
  /// The endpoint that owns the container's default route of one family, if any can.
  public func defaultRouteOwner(_ family: AddressFamily) -> Endpoint? {
    filter { $0.route.routes.includes(family) }.min { $0.route.precedes($1.route) }
  }
}
