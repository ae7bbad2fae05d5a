public import Addressing

/// A problem with the definition of a new network.
public enum DefinitionError: Error, Hashable, Sendable {
  /// Blank.
  case emptyName
  /// `bridge`, `host`, `none` or `default`.
  case reservedName(String)
  /// Taken.
  case nameExists(String)
  /// More ranges or gateways than subnets.
  case subnetMissing
  /// Not a prefix.
  case invalidSubnet(String, IPPrefixError)
  /// Not an address.
  case invalidAuxiliaryAddress(name: String, String)
  /// Two of the subnets overlap.
  case overlappingSubnets
  /// The value is in none of the subnets.
  case noMatchingSubnet(SubnetMember, String)
  /// Two ranges or gateways are in one subnet.
  case severalInSubnet(SubnetMember, new: String, old: String, subnet: String)
  /// Subnets, ranges and addresses that cannot be; all that were found.
  case invalidSubnets([SubnetProblem])
  /// Both families are off.
  case noFamily
  /// A family option is not a boolean.
  case invalidFamilyOption(key: String)
  /// There is no such driver.
  case unknownDriver(String)
  /// There is no such address driver.
  case unknownAddressDriver(String)
  /// `host` and `null` have one network each.
  case singleInstanceDriver(String)
  /// Overlay networks need a swarm.
  case overlayNeedsSwarm
  /// Bridge networks need addresses.
  case emptyPool(AddressFamily)
  /// This address driver has no subnets.
  case specificPool(String)
  /// Ingress networks exist in a swarm only.
  case ingress
  /// Swarm scope needs a swarm.
  case swarmScope
  /// A configuration-only network with operator fields.
  case operatorFields
  /// Both `--config-only` and `--config-from`.
  case configurationDependsOnConfiguration
  /// There is no such configuration-only network.
  case configurationNotFound(String)
  /// `--config-from` together with subnets, labels or the like.
  case configurationConflict
  /// `--config-from` together with driver options.
  case configurationOptionsConflict
  /// A gateway for containers on an internal network.
  case gatewayOnInternalNetwork
  /// Another network's subnet overlaps.
  case poolOverlap
  /// No automatic subnet is left.
  case poolsExhausted(routes: [IPPrefix])
  /// No pool is large enough for a subnet of the length that was asked for.
  case noPoolOfLength(Int)
  /// The gateway address cannot be had; empty when it was to be chosen.
  case gatewayUnavailable(String, isTaken: Bool)
  /// An auxiliary address cannot be had.
  case auxiliaryAddressUnavailable(name: String, IPAddress)
  /// A bridge has at most one subnet of each family.
  case severalSubnets
  /// A multicast subnet, by its gateway.
  case multicastSubnet(gateway: IPAddress, length: Int)
}

/// What belongs to a subnet.
public enum SubnetMember: Hashable, Sendable {
  /// `--ip-range`.
  case range
  /// `--gateway`.
  case gateway
  /// `--aux-address`.
  case auxiliaryAddress
}

/// A subnet or range that cannot be.
public enum SubnetProblem: Hashable, Sendable {
  /// Host bits are set.
  case subnetHostBits(IPPrefix)
  /// The range is wider than its subnet.
  case rangeTooWide(IPPrefix, subnet: IPPrefix)
}
