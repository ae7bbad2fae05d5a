public import Addressing
import LinuxSystem
public import Netlink

extension RouteSocket {
  /// Adds a route; throws `.exists` when there is one to the same destination with its metric.
  public mutating func add(_ route: Route) throws(NetlinkError) {
    try netlink.request(RouteMessage.newRoute, flags: [.create, .exclusive]) {
      route.write(to: &$0, origin: Route.madeByCommand)
    }
  }

  /// Adds a route before those of IPv4 to the same destination with its metric.
  public mutating func prepend(_ route: Route) throws(NetlinkError) {
    try netlink.request(RouteMessage.newRoute, flags: .create) {
      route.write(to: &$0, origin: Route.madeByCommand)
    }
  }

  /// Deletes a route; throws `.noProcess` when there is none.
  public mutating func delete(_ route: Route) throws(NetlinkError) {
    try netlink.request(RouteMessage.deleteRoute) {
      route.write(to: &$0, origin: Route.madeByAnyone)
    }
  }

  /// The routes of a table, in the kernel's order.
  public mutating func routes(
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
      // A table comes into being with its first route.
      guard error.errno == .noEntry else { throw error }
      return []
    }
  }

  /// The default routes of the main table, the preferred first.
  public mutating func defaultRoutes(_ family: AddressFamily) throws(NetlinkError) -> [Route] {
    try routes(family).filter { $0.isDefault && $0.kind == .unicast }
      .sorted { $0.metric < $1.metric }
  }

  /// The blocks of addresses that the host reaches without a router, and those that it does not look
  /// for in the main table, each once and in order.
  ///
  /// A network's own route is in the main table. It wins there against one by way of a router; other
  /// tables are usually asked before.
  public mutating func routedPrefixes() throws(NetlinkError) -> [IPPrefix] {
    var prefixes: Set<IPPrefix> = []
    for family in AddressFamily.allCases {
      for table in try tables(family) where table != .local {
        let routes = try routes(family, in: table)
        let taken = routes.filter {
          table == .main ? $0.isOnLink : $0.takesPackets && !$0.isDefault
        }
        prefixes.formUnion(taken.map(\.destination))
      }
    }
    return prefixes.sorted()
  }

  /// The tables that the rules of a family lead to, each once.
  mutating func tables(_ family: AddressFamily) throws(NetlinkError) -> [Route.Table] {
    do throws(NetlinkError) {
      var tables: [Route.Table] = []
      for case let table? in try rules(family).map(\.table) where !tables.contains(table) {
        tables.append(table)
      }
      return tables
    } catch {
      // A kernel without rules (CONFIG_IP_MULTIPLE_TABLES), or without the family.
      let meansNone = [.notSupported, .addressFamilyNotSupported].contains(error.errno)
      guard meansNone else { throw error }
      return [.main]
    }
  }

  /// The route by which packets to an address leave that have no mark and no source yet; nil when
  /// there is none, or one that refuses them.
  public mutating func route(to address: IPAddress) throws(NetlinkError) -> Route? {
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
      // What the kernel says for lack of a route, and for routes that are unreachable, prohibited or
      // black holes.
      let refusals: [Errno] = [
        .networkUnreachable, .hostUnreachable, .accessDenied, .invalidArgument,
      ]
      guard refusals.contains(error.errno) else { throw error }
      return nil
    }
  }
}
