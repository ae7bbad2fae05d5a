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

  /// The default routes of the main table, also those that reject packets; the preferred ones
  /// first.
  package mutating func defaultRoutes(_ family: AddressFamily) throws(NetlinkError) -> [Route] {
    try routes(family).filter { $0.isDefault && $0.takesPackets }
      .sorted { $0.metric < $1.metric }
  }

  /// The on-link prefixes of the host and those to which it rejects packets, and all prefixes in
  /// tables other than main, each once and sorted.
  ///
  /// A network's own route is in the main table, where it takes precedence over routes through a
  /// gateway; other tables are usually consulted first.
  package mutating func routedPrefixes() throws(NetlinkError) -> [IPPrefix] {
    var prefixes: [IPPrefix] = []
    for family in AddressFamily.allCases {
      for table in try tables(family) where table != .local {
        let routes = try routes(family, in: table)
        let taken = routes.filter {
          table == .main
            ? $0.isOnLink || $0.rejectsPackets && !$0.isDefault : $0.takesPackets && !$0.isDefault
        }
        prefixes += taken.map(\.destination)
      }
    }
    // The kernel lists those of one table in order, or nearly so.
    prefixes.sort()
    var previous: IPPrefix?
    return prefixes.filter { prefix in
      defer { previous = prefix }
      return prefix != previous
    }
  }

  /// The tables that the rules of a family refer to, each once.
  mutating func tables(_ family: AddressFamily) throws(NetlinkError) -> [Route.Table] {
    do throws(NetlinkError) {
      var tables: [Route.Table] = []
      for case let table? in try rules(family).map(\.table) where !tables.contains(table) {
        tables.append(table)
      }
      return tables
    } catch {
      // The kernel lacks policy routing (CONFIG_IP_MULTIPLE_TABLES) or the family.
      let meansNone = [.notSupported, .addressFamilyNotSupported].contains(error.errno)
      guard meansNone else { throw error }
      return [.main]
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
