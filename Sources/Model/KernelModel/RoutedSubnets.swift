public import Addressing

/// The route destinations of the host that automatic subnets must avoid.
public struct RoutedSubnets: Hashable, Sendable {
  /// All of them, sorted.
  public let all: [IPPrefix]
  /// The networks that the host is itself on; the others may be catch-all routes, as of a VPN.
  public let connected: [IPPrefix]

  package init(all: [IPPrefix] = [], connected: [IPPrefix] = []) {
    self.all = all
    self.connected = connected
  }

  /// Those that take a whole subnet: networks that the host is on, and a route that is there before
  /// the subnet's own.
  package func taking(_ subnet: IPPrefix) -> [IPPrefix] {
    all.filter { route in
      route == subnet || connected.contains(route) && route.overlaps(subnet)
    }
  }

  /// Those that keep a subnet from being used as a whole: networks that the host is on, and routes
  /// that take precedence over the subnet's own, because they are no shorter.
  package func obstructing(_ subnet: IPPrefix) -> [IPPrefix] {
    all.filter { route in
      subnet.contains(route) || connected.contains(route) && route.overlaps(subnet)
    }
  }
}
