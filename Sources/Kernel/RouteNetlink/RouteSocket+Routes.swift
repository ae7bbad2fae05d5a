package import Addressing
import LinuxSystem
package import Netlink

extension RouteSocket {
  /// Adds a route; throws `.fileExists` if there is one to the same destination with its metric.
  package mutating func add(_ route: Route) throws(NetlinkError) {
    try netlink.request(RouteMessage.newRoute, flags: .createNew) {
      route.write(to: &$0, origin: Route.madeByCommand)
    }
  }

  /// Adds an IPv4 route ahead of those with the same destination and metric.
  package mutating func prepend(_ route: Route) throws(NetlinkError) {
    try netlink.request(RouteMessage.newRoute, flags: .create) {
      route.write(to: &$0, origin: Route.madeByCommand)
    }
  }

  /// Deletes a route; throws `.noSuchProcess` if it does not exist.
  package mutating func delete(_ route: Route) throws(NetlinkError) {
    try netlink.request(RouteMessage.deleteRoute) {
      route.write(to: &$0, origin: Route.madeByAnyone)
    }
  }

  /// The routes of a table, in the kernel's order.
  package mutating func routes(
    _ family: AddressFamily, in table: Route.Table = .main
  ) throws(NetlinkError) -> [Route] {
    do throws(NetlinkError) {
      return try netlink.dump(
        RouteMessage.getRoute,
        { writer in
          writer.append(family.number)
          writer.append(zeros: 11)
          writer.attribute(RouteAttribute.table, table.rawValue)
        },
        parse: Route.init
      )
      .filter { $0.table == table && $0.destination.family == family }
    } catch {
      // A table exists once it has a route.
      guard error.errno == .noSuchFileOrDirectory else { throw error }
      return []
    }
  }

  /// The default routes of the main table, also those that reject packets or end the lookup in the
  /// table (throw); the preferred ones first.
  package mutating func defaultRoutes(_ family: AddressFamily) throws(NetlinkError) -> [Route] {
    try routes(family).filter(\.isDefault)
      .sorted { $0.metric < $1.metric }
  }

  /// The on-link prefixes of the host and those to which it rejects packets, by routes or rules, and
  /// all prefixes in tables other than main as far as rules lead there, each once and sorted; and
  /// those that the host has an address in.
  ///
  /// A network's own route is in the main table, where it takes precedence over routes through a
  /// gateway; other tables are usually consulted first.
  package mutating func routedPrefixes() throws(NetlinkError) -> (
    all: [IPPrefix], connected: [IPPrefix]
  ) {
    var (prefixes, connected): (Set<IPPrefix>, Set<IPPrefix>) = ([], [])
    for family in AddressFamily.allCases {
      let rules = try rulesIfAny(family)
      for route in try routes(family) {
        if route.isConnected { connected.insert(route.destination) }
        if route.isOnLink || route.rejectsPackets && !route.isDefault {
          prefixes.insert(route.destination)
        }
      }
      prefixes.formUnion(rules.filter(\.rejectsPackets).compactMap(\.destination))
      let tables = Dictionary(grouping: rules.filter { $0.table != nil }, by: \.table)
      for case (let table?, let rules) in tables where table != .main && table != .local {
        for route in try routes(family, in: table) where route.takesPackets {
          prefixes.formUnion(rules.compactMap { $0.destination(of: route) })
        }
      }
    }
    return (prefixes.sorted(), connected.sorted())
  }

  /// The rules of a family; none if the kernel lacks policy routing (CONFIG_IP_MULTIPLE_TABLES) or
  /// the family.
  private mutating func rulesIfAny(
    _ family: AddressFamily
  ) throws(NetlinkError) -> [RoutingRule] {
    do throws(NetlinkError) {
      return try rules(family).filter { $0.source.family == family }
    } catch {
      let meansNone = [.notSupported, .addressFamilyNotSupported].contains(error.errno)
      guard meansNone else { throw error }
      return []
    }
  }

  /// The route of packets to an address, without a mark or a source address; nil if there is none,
  /// or one that rejects them.
  package mutating func route(to address: IPAddress) throws(NetlinkError) -> Route? {
    do throws(NetlinkError) {
      return try netlink.get(
        RouteMessage.getRoute,
        { writer in
          writer.append(address.family.number)
          writer.append(UInt8(address.family.bitWidth))
          writer.append(zeros: 6)
          writer.append(Route.asInTheTable(address.family))
          writer.attribute(RouteAttribute.destination, bytes: address.bytes)
        }, parse: Route.init)
    } catch {
      // The errors for a missing route, and for unreachable, prohibit and blackhole routes.
      let refusals: [Errno] = [
        .networkUnreachable, .hostUnreachable, .permissionDenied, .invalidArgument,
      ]
      guard refusals.contains(error.errno) else { throw error }
      return nil
    }
  }
}

extension RoutingRule {
  /// The packets that the rule sends along a route of its table; nil for all or none.
  fileprivate func destination(of route: Route) -> IPPrefix? {
    guard let destination, destination.length > 0 else {
      return route.isDefault ? nil : route.destination
    }
    if destination.contains(route.destination) { return route.destination }
    return route.destination.contains(destination) ? destination : nil
  }
}
