public import Addressing
public import Drivers
public import NetworkModel

/// Why a network definition is invalid.
public enum DefinitionError: Error, Hashable, Sendable {
  /// The name is blank.
  case emptyName
  /// The name is `bridge`, `host`, `none` or `default`.
  case reservedName(String)
  /// The name is taken.
  case nameExists(String)
  /// A network of the name exists and is not the one that is asked for.
  case existsOtherwise(String, [DefinitionDifference])
  /// More ranges or gateways than subnets.
  case subnetMissing
  /// The subnet is not a valid prefix.
  case invalidSubnet(String, IPPrefixError)
  /// The auxiliary address is not a valid address.
  case invalidAuxiliaryAddress(name: String, String)
  /// Two of the subnets overlap.
  case overlappingSubnets
  /// The value is in none of the subnets.
  case noMatchingSubnet(SubnetField, String)
  /// Two ranges or gateways are in one subnet.
  case severalInSubnet(SubnetField, new: String, old: String, subnet: String)
  /// Subnets, ranges and addresses that are invalid; all that were found.
  case invalidSubnets([SubnetProblem])
  /// Both families are disabled.
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
  /// Another network's subnet overlaps.
  case poolOverlap
  /// Another network's subnet overlaps one that was allocated nevertheless, because of a range or
  /// another address space.
  case overlap(AddressFamily, of: DeviceOfNetwork, with: DeviceOfNetwork)
  /// No automatic subnet is left: the host's routes in the way, and what would give more.
  case poolsExhausted(routes: [IPPrefix], remedy: ConfigurationLine? = nil)
  /// There is no bridge that the network `bridge` could use.
  case bridgeNotFound(String)
  /// No pool is large enough for a subnet of the length that was asked for.
  case noPoolOfLength(Int)
  /// The network's address space has no pools for automatic subnets of this family.
  case noPool(AddressFamily)
  /// The gateway address is not available; empty when it was to be chosen automatically.
  case gatewayUnavailable(String, isTaken: Bool)
  /// An auxiliary address is not available.
  case auxiliaryAddressUnavailable(name: String, IPAddress)
  /// An auxiliary address is not in the subnet that was chosen for it.
  case auxiliaryAddressOutside(name: String, IPAddress, subnet: IPPrefix)
  /// The driver refuses the network.
  case driver(NetworkProblem)
}

/// What a line of the configuration file could be.
public struct ConfigurationLine: Hashable, Sendable {
  /// The path of the file.
  public let file: String
  /// The line.
  public let text: String
}

/// Something in which a network is not what is asked for.
public struct DefinitionDifference: Hashable, Sendable {
  /// What differs, such as an option.
  public let subject: String
  /// What the network has; nil for nothing.
  public let found: String?
  /// What is asked for; nil for nothing.
  public let wanted: String?
}

/// A network and the name of its device.
public struct DeviceOfNetwork: Hashable, Sendable {
  /// The network.
  public let network: NetworkID
  /// The name of its device.
  public let name: InterfaceName
}

/// What belongs to a subnet.
public enum SubnetField: Hashable, Sendable {
  /// `--ip-range`.
  case range
  /// `--gateway`.
  case gateway
  /// `--aux-address`.
  case auxiliaryAddress
}

/// An invalid subnet or range.
public enum SubnetProblem: Hashable, Sendable {
  /// Host bits are set.
  case subnetHostBits(IPPrefix)
  /// The range is wider than its subnet.
  case rangeTooWide(IPPrefix, subnet: IPPrefix)
  /// The auxiliary address is of another family than the subnet.
  case auxiliaryAddressOfOtherFamily(name: String, subnet: AddressFamily)
}
