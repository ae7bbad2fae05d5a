import Addressing
import Configuration
import Drivers
import KernelModel
import NetworkModel
import StateStore

/// What the agent saw of other hosts.
extension StateView {
  /// The desired kernel state of a network with what is on other hosts.
  func wholeNetwork(of network: Network) throws(ServiceError) -> DesiredNetwork {
    try completing(try desiredNetwork(of: network), of: network)
  }

  /// The same, of a network's desired state without that.
  func completing(
    _ desired: DesiredNetwork, of network: Network
  ) throws(ServiceError) -> DesiredNetwork {
    guard desired.tunnel != nil else { return desired }
    var desired = desired
    desired.tunnel?.stations = OverlayDriver.stations(of: try remoteEndpoints(of: network.id))
    return desired
  }

  /// What keeps datagrams out that come from no host of the cluster.
  var tunnelGuard: [FirewallElement] {
    guard let membership = (try? membership()) ?? nil else { return [] }
    return Self.tunnelGuard(of: membership, configuration.host.firewalledFamilies)
  }

  static func tunnelGuard(
    of membership: ClusterMembership, _ families: Set<AddressFamily>
  ) -> [FirewallElement] {
    guard families.contains(membership.host.address.family) else { return [] }
    return [.tunnelPort(membership.port)]
      + Set(membership.hosts.map(\.address)).sorted()
      .map { .tunnelHost($0) }
  }

  /// Whether a container of this host is on a network, or is being connected to it.
  func isOverlayInUse(_ network: NetworkID) throws(ServiceError) -> Bool {
    for endpoint in try endpoints(of: network) where !endpoint.container.isStopped { return true }
    return try unfinished().endpoints.contains { $0.network == network && $0.interface != nil }
  }
}
