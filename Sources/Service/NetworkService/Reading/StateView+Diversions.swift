import Addressing
import KernelModel
import NetworkModel

/// Detects routes of the host that divert packets for its networks.
extension StateView {
  /// The packets that foreign routes and rules divert from a network whose bridge is intact. Looks
  /// up the edges of the subnets, the `routed` prefixes inside them, and the containers; a route
  /// found for a subnet is not reported again for its containers.
  func diversions(
    from network: DesiredNetworkState, routed: [IPPrefix], in comparison: HostComparison
  ) throws(ServiceError) -> [Diversion] {
    let interfaces = comparison.observed.interfaces
    guard let device = network.network.device, let link = interfaces.link(named: device.name),
      link.isUp
    else { return [] }
    let present = interfaces.addresses(of: link)
    var found: [Diversion] = []
    let containers = network.endpoints.flatMap { connection in
      let endpoint = connection.endpoint
      let name = comparison.containerNames[endpoint.owner] ?? endpoint.name.description
      return endpoint.addresses.map { (Diversion.Target.container(name), $0.address) }
    }
    let own = Set(present.map(\.address) + containers.map(\.1))
    for subnet in device.addresses where present.contains(subnet) {
      let blocks = [subnet] + routed.filter { subnet.contains($0) && $0 != subnet.masked }
      let targets =
        blocks.flatMap { block in
          block.samples(of: subnet, besides: own).map { (.subnet(block.masked), $0) }
        } + containers.filter { subnet.contains($0.1) }
      var known: Set<ChosenRoute?> = []
      for (target, address) in targets {
        let route = try kernel.route(to: address)
        if let route, route.link == link.index { continue }
        guard known.insert(route).inserted else { continue }
        let way = route?.link.flatMap { index in interfaces.links.first { $0.index == index } }
        found.append(
          Diversion(
            target: target, address: address, bridge: device.name, route: route, link: way?.name))
      }
    }
    return found
  }
}

extension IPPrefix {
  /// The lowest and the highest address of this block that a container of the subnet could have.
  fileprivate func samples(of subnet: IPPrefix, besides own: Set<IPAddress>) -> [IPAddress] {
    // IPv4's network and broadcast addresses; not every IPv6 prefix reserves them.
    let reserved = own.union([subnet.first, subnet.last])
    // Reserved addresses are adjacent.
    let reach = 0...4
    let lowest = reach.lazy.compactMap { first.advanced(by: $0) }
    let highest = reach.lazy.compactMap { last.advanced(by: -$0) }
    return [
      lowest.first { contains($0) && !reserved.contains($0) },
      highest.first { contains($0) && !reserved.contains($0) },
    ].compactMap(\.self)
  }
}
