import Addressing
import Conntrack
import KernelModel
import LinuxSystem
import Netlink
import RouteNetlink

/// Addresses, routes, and related conntrack entries.
extension LinuxKernel {
  func add(_ prefix: IPPrefix, to name: InterfaceName, in namespace: TargetNamespace)
    throws(NetlinkError)
  {
    try tolerating(.fileExists) { () throws(NetlinkError) in
      try change(name, in: namespace) { (routes, index) throws(NetlinkError) in
        try routes.add(InterfaceAddress(linkIndex: index, prefix: prefix))
      }
    }
  }

  func remove(_ prefix: IPPrefix, from name: InterfaceName, in namespace: TargetNamespace)
    throws(NetlinkError)
  {
    try tolerating(.addressNotAvailable) { () throws(NetlinkError) in
      try change(name, in: namespace) { (routes, index) throws(NetlinkError) in
        try routes.delete(InterfaceAddress(linkIndex: index, prefix: prefix))
      }
    }
  }

  func add(
    _ route: StaticRoute, by name: InterfaceName, in namespace: TargetNamespace
  ) throws(NetlinkError) {
    try tolerating(.fileExists) { () throws(NetlinkError) in
      try change(name, in: namespace) { (routes, index) throws(NetlinkError) in
        try routes.add(Route(to: route.destination, via: route.nextHop, onLink: index))
      }
    }
  }

  func add(
    _ route: DefaultRoute, before metric: UInt32?, in namespace: TargetNamespace
  ) throws(NetlinkError) {
    let index = try view(namespace).index(of: route.interface.description)
    try routes(namespace) { (routes) throws(NetlinkError) in
      switch (metric, route.family) {
      case (nil, _): try routes.add(.defaultRoute(route, onLink: index))
      case (_, .ipv4): try routes.prepend(.defaultRoute(route, onLink: index))
      case (let metric?, .ipv6):
        // IPv6 routes with equal metrics would share the traffic; the lowest metric is 1.
        try routes.add(.defaultRoute(route, onLink: index, metric: max(1, metric &- 1)))
      }
    }
  }

  /// Replaces the contents of netctl's own table of the family, and the rule that selects it.
  ///
  /// Routes are deleted with their interface, rules are not.
  func setReturnPath(
    _ path: ReturnPath?, _ family: AddressFamily, in namespace: TargetNamespace
  ) throws(NetlinkError) {
    let index = try path.map { (path) throws(NetlinkError) in
      try view(namespace).index(of: path.route.interface.description)
    }
    try routes(namespace) { (routes) throws(NetlinkError) in
      for rule in try routes.rules(family, to: .returnPaths) { try routes.delete(rule) }
      for route in try routes.routes(family, in: .returnPaths) { try routes.delete(route) }
      guard let path, let index else { return }
      // On-link destinations are not reachable through the gateway.
      let onLink = [path.source.masked] + (family == .ipv6 ? [.linkLocal6] : [])
      for destination in onLink {
        try routes.add(Route(to: destination, onLink: index, table: .returnPaths))
      }
      var route = Route.defaultRoute(path.route, onLink: index)
      route.table = .returnPaths
      try routes.add(route)
      try routes.add(.returnPath(from: path.source.address))
    }
  }

  func remove(_ route: DefaultRoute, in namespace: TargetNamespace) throws(NetlinkError) {
    let index = try view(namespace).index(of: route.interface.description)
    try tolerating(.noSuchProcess) { () throws(NetlinkError) in
      try routes(namespace) { (routes) throws(NetlinkError) in
        try routes.delete(.defaultRoute(route, onLink: index))
      }
    }
  }

  func addLoopbackRoute(_ bridge: InterfaceName) throws(NetlinkError) {
    try tolerating(.fileExists) { () throws(NetlinkError) in
      try change(bridge, in: .host) { (routes, index) throws(NetlinkError) in
        try routes.add(.loopback(onLink: index))
      }
    }
  }

  // The route may also have disappeared with its bridge.
  func removeLoopbackRoute(_ bridge: InterfaceName) throws(NetlinkError) {
    guard let index = InterfaceIndex.of(bridge.description) else { return }
    try tolerating(.noSuchProcess) { () throws(NetlinkError) in
      try routes(.host) { (routes) throws(NetlinkError) in
        try routes.delete(.loopback(onLink: index))
      }
    }
  }

  func deleteConnections(_ filters: [ConnectionFilter]) throws(NetlinkError) {
    var local: [AddressFamily: LocalAddresses] = [:]
    try withConntrack { (socket) throws(NetlinkError) in
      try socket.delete(filters) { (address) throws(NetlinkError) in
        if let known = local[address.family] { return known.contains(address) }
        let addresses = try localAddresses(address.family)
        local[address.family] = addresses
        return addresses.contains(address)
      }
    }
  }

  private func localAddresses(_ family: AddressFamily) throws(NetlinkError) -> LocalAddresses {
    let routes = try view(.host).withRoutes { (routes) throws(NetlinkError) in
      try routes.routes(family, in: .local)
    }
    return LocalAddresses(routes.filter { $0.kind == .local }.map(\.destination))
  }
}

extension Route {
  fileprivate static func defaultRoute(
    _ route: DefaultRoute, onLink index: UInt32, metric: UInt32? = nil
  ) -> Route {
    route.gateway.map { .defaultRoute(via: $0, onLink: index, metric: metric) }
      ?? .defaultRoute(route.family, onLink: index, metric: metric)
  }
}

extension Route.Table {
  /// The table for return paths; its number spells "netc".
  static let returnPaths = Route.Table(rawValue: 0x6e65_7463)
}

extension RoutingRule {
  /// Precedes the rules of VPNs, which are placed just before the main table's rule (32766).
  fileprivate static func returnPath(from source: IPAddress) -> RoutingRule {
    RoutingRule(from: source, table: .returnPaths, priority: 1000)
  }
}

/// The local addresses of the host.
private struct LocalAddresses {
  private var addresses: Set<IPAddress> = []
  private var blocks: [IPPrefix] = []

  init(_ prefixes: [IPPrefix]) {
    for prefix in prefixes {
      if prefix.first == prefix.last {
        addresses.insert(prefix.address)
      } else {
        blocks.append(prefix)
      }
    }
  }

  func contains(_ address: IPAddress) -> Bool {
    addresses.contains(address) || blocks.contains { $0.contains(address) }
  }
}
