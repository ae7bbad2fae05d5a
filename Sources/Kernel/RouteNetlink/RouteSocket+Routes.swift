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

  /// The blocks of addresses that the host reaches without a router, each once and in order.
  public mutating func onLinkPrefixes() throws(NetlinkError) -> [IPPrefix] {
    let routes = try routes(.ipv4) + routes(.ipv6)
    return Set(routes.filter(\.isOnLink).map(\.destination)).sorted()
  }
}
