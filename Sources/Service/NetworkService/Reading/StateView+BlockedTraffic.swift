public import Addressing
import Drivers
public import KernelModel
import NetworkModel

/// Another table drops traffic from or to a network's containers.
public struct BlockedTraffic: Hashable, Sendable {
  /// The network's name.
  public let network: String
  /// Its bridge.
  public let bridge: InterfaceName
  /// The chain that drops the packets.
  public let drop: ForeignDrop
  /// The interface of the host's default route, nil without one; the bridge for a network whose
  /// traffic does not leave it.
  public let uplink: InterfaceName?
}

extension StateView {
  /// Drops by other tables of the traffic of a container's networks.
  func blockedTraffic(toNetworksOf container: Container) throws(ServiceError) -> [BlockedTraffic] {
    var found: [BlockedTraffic] = []
    for endpoint in try endpoints(of: container.id) {
      if let network = try network(endpoint.network) {
        found += try kernel.blockedTraffic(to: network, try drivers.desiredNetwork(of: network))
      }
    }
    return found
  }
}

extension KernelView {
  /// Drops by other tables of a network's forwarded traffic; empty for a network that forwards
  /// none.
  func blockedTraffic(
    to network: Network, _ desired: DesiredNetwork
  ) throws(ServiceError) -> [BlockedTraffic] {
    let families = try forwardedFamilies(of: network, desired)
    guard let bridge = desired.device?.name, !families.isEmpty else { return [] }
    let drops = try foreignDrops(of: families, excludingTablesThatName: bridge)
    if drops.isEmpty { return [] }
    if network.isOverlay {
      return drops.map {
        BlockedTraffic(network: network.name, bridge: bridge, drop: $0, uplink: bridge)
      }
    }
    let routes = try routing(in: .host).defaultRoutes
    return drops.map { drop in
      let uplink = routes.first { drop.concerns($0.family) }?.interface
      return BlockedTraffic(network: network.name, bridge: bridge, drop: drop, uplink: uplink)
    }
  }

  // Frames of an overlay network stay within its bridge, where some hosts filter them, too.
  private func forwardedFamilies(
    of network: Network, _ desired: DesiredNetwork
  ) throws(ServiceError) -> Set<AddressFamily> {
    guard network.isOverlay else { return desired.forwarding }
    var families: Set<AddressFamily> = []
    for family in network.families
    where try sysctl(.bridgedFrames(family), in: .host) == "1" { families.insert(family) }
    return families
  }
}
