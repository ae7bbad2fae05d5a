package import AddressPools
package import Addressing
package import Drivers
package import KernelModel
package import NetworkModel

/// What holds for all networks of a host. Unless set, it is as Docker has it.
package struct Configuration: Hashable, Sendable {
  /// Where automatic IPv4 subnets of networks of local scope come from, in order of preference.
  package var localPools = AddressPool.dockerDefaults
  /// The same for IPv6; empty for a block that each host draws at random.
  package var localIPv6Pools: [AddressPool] = []
  /// The same for networks of global scope, which have no automatic IPv6 subnets.
  package var globalPools = AddressPool.dockerGlobalDefaults
  /// Whether there is the predefined network `bridge`.
  package var hasDefaultBridge = true
  /// Its settings.
  package var defaultBridge = DefaultBridge()
  /// Options that new networks of a driver get unless they are given others.
  package var networkOptions: [DriverName: [String: String]] = [:]
  /// What drivers need to know of the host.
  package var host = HostSettings()
  /// Whether packets that no network is concerned with are still dropped on a host that forwards
  /// only because netctl enabled it.
  package var closesTransit = true
  /// The variant of netctl's nftables rules.
  package var firewall = FirewallSettings()
  /// The name servers of containers.
  package var resolver = ResolverSettings()
  /// The addresses of the host that containers resolve.
  package var hostGateways: [IPAddress] = []
  /// The cluster that the host is in; nil for none.
  package var cluster: ClusterSettings?
  /// The group whose members may read the records; nil for root alone.
  package var readers: UInt32?

  /// Docker's defaults.
  package init() {}

  /// The families among those that netctl enabled forwarding for whose other packets are dropped.
  package func closedFamilies(among families: Set<AddressFamily>) -> Set<AddressFamily> {
    closesTransit ? families.intersection(host.firewalledFamilies) : []
  }

  /// What the network `bridge` was made from, to be compared with what it would be made from now;
  /// empty for Docker's defaults.
  package var defaultBridgeDigest: String {
    let defaults = Configuration()
    if (hasDefaultBridge, defaultBridge, localPools, localIPv6Pools)
      == (defaults.hasDefaultBridge, defaults.defaultBridge, defaults.localPools, [])
    {
      return ""
    }
    guard hasDefaultBridge else { return "none" }
    let pools = (localPools + localIPv6Pools).map { "\($0.base)-\($0.size)" }
    return ([defaultBridge.digest] + pools).joined(separator: " ")
  }
}
