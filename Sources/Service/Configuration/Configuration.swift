package import AddressPools
package import Drivers

/// What holds for all networks of a host. Unless set, it is as Docker has it.
package struct Configuration: Hashable, Sendable {
  /// Where automatic IPv4 subnets of networks of local scope come from, in order of preference;
  /// those of IPv6 come from a block that each host draws at random.
  package var localPools = AddressPool.dockerDefaults
  /// The same for networks of global scope, which have no automatic IPv6 subnets.
  package var globalPools = AddressPool.dockerGlobalDefaults
  /// The settings of the predefined network `bridge`.
  package var defaultBridge = DefaultBridge()

  /// Docker's defaults.
  package init() {}
}
