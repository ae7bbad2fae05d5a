import Addressing
import Drivers
public import KernelModel
public import NetworkModel
import StateStore

/// Another table drops traffic from or to a network's containers.
public struct BlockedTraffic: Hashable, Sendable {
  /// The network's name.
  public let network: String
  /// Its bridge.
  public let bridge: InterfaceName
  /// The chain that drops the packets.
  public let drop: ForeignDrop
  /// The interface of the host's default route; nil without one.
  public let uplink: String?
}

extension NetworkService {
  /// Drops by other tables of the traffic of a container's networks.
  public func blockedTraffic(toNetworksOf reference: String) throws(ServiceError)
    -> [BlockedTraffic]
  {
    let (container, _) = try openContainer(reference)
    let folder = try openState()
    let endpoints = try stored { () throws(StateError) in try folder.endpoints(of: container.id) }
    var found: [BlockedTraffic] = []
    for endpoint in endpoints {
      let network = try stored { () throws(StateError) in try folder.network(endpoint.network) }
      if let network { found += try blockedTraffic(to: network) }
    }
    return found
  }

  /// Drops by other tables of a network's forwarded traffic; empty for a network that forwards
  /// none.
  public func blockedTraffic(to network: Network) throws(ServiceError) -> [BlockedTraffic] {
    let desired = try optioned { () throws(OptionError) in try network.makeDriver().desiredNetwork }
    guard let bridge = desired.bridge?.name, !desired.forwarding.isEmpty else { return [] }
    let drops = try observed { () throws(KernelError) in
      try kernel.foreignDrops(of: desired.forwarding, excludingTablesThatName: bridge)
    }
    if drops.isEmpty { return [] }
    let routes = try observed { () throws(KernelError) in
      try kernel.routing(in: .host).defaultRoutes
    }
    return drops.map { drop in
      let uplink = routes.first { drop.concerns($0.family) }?.interface
      return BlockedTraffic(network: network.name, bridge: bridge, drop: drop, uplink: uplink)
    }
  }
}
