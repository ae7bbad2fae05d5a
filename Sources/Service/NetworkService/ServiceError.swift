public import Addressing
public import Drivers
public import KernelModel
public import NetworkModel
public import StateStore

/// Why a verb was refused.
public enum ServiceError: Error, Hashable, Sendable {
  /// The state folder.
  case state(StateError)
  /// The kernel.
  case kernel(KernelError)
  /// The kernel's part is done, and that could not be written. The next command does.
  case unrecorded(StateError, Deed)
  /// This process must not change networks.
  case unprivileged
  /// A driver option.
  case option(OptionError)
  /// The name of a network's bridge is taken.
  case bridge(BridgeConflict, network: NetworkID, name: String)

  /// The state folder belongs to another network namespace of this boot.
  case foreignState(folder: String)
  /// No network has this name or identity.
  case networkNotFound(String)
  /// Several identities begin so.
  case ambiguousNetwork(String, matches: Int)
  /// There is no such namespace.
  case noSuchContainer(String)
  /// What was named is not a network namespace.
  case notANamespace(String)
  /// No endpoint on record belongs to a container of this name.
  case endpointNotFound(String)

  /// A problem with the definition of a new network.
  case definition(DefinitionError)
  /// A problem with the settings of a new endpoint; all that were found.
  case endpointSettings([EndpointProblem])

  /// The container is on the network already.
  case alreadyConnected(container: String, network: String)
  /// The container is not on the network.
  case notConnected(ContainerID, network: String)
  /// The container is not on a network that there is not.
  case notConnectedToMissing(ContainerID, network: String)
  /// Not a link-local address.
  case invalidLinkLocal(IPAddress)
  /// The address is leased, or may never be.
  case addressInUse
  /// No address is left.
  case noAddressLeft(AddressFamily, network: String, NetworkID)
  /// The host's namespace cannot join a network.
  case hostNamespace
  /// The network `host` cannot be joined.
  case hostNetwork
  /// The network `none` excludes all others.
  case privateNetwork
  /// A configuration-only network has no endpoints.
  case configurationOnlyNetwork
  /// The container has an interface of this name.
  case interfaceExists(InterfaceName, container: String)
  /// The container has a default route that netctl did not add.
  case defaultRouteExists(container: String)

  /// A port cannot be published, or is not.
  case port(PortError)

  /// A predefined network cannot be removed.
  case predefinedNetwork(String)
  /// Containers are on the network.
  case activeEndpoints(network: String, [Endpoint])
  /// Other networks were made from this one.
  case configurationInUse(String)
}

/// What was done in the kernel.
public enum Deed: Hashable, Sendable {
  /// A container has left a network.
  case disconnection(container: String, network: String)
  /// A network has gone.
  case removal(network: String)
}

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
  case poolsExhausted
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

/// A setting of an endpoint that cannot be.
public enum EndpointProblem: Hashable, Sendable {
  /// No subnet of the network contains the address.
  case outsideSubnets(IPAddress)
  /// A static address on the default bridge.
  case addressOnDefaultNetwork
  /// An alias on a predefined network.
  case aliasOnDefaultNetwork
  /// An address of the other family, or the unspecified one.
  case invalidAddress(AddressFamily, IPAddress)
  /// The unspecified address in place of a link-local one.
  case unspecifiedLinkLocal(IPAddress)
  /// A driver option.
  case option(OptionError)
}

/// Why a port cannot be published, or unpublished.
public enum PortError: Error, Hashable, Sendable {
  /// Another container has the port of the host, or this one has it already.
  case taken(host: IPAddress, port: UInt16, by: String)
  /// Something of the host's is in the way: a process, if it can be found out which.
  case obstructed(host: IPAddress, port: UInt16, PortRequest, PortObstacle, by: HostProcess? = nil)
  /// None of the ports that would do is free.
  case noneFree(PortRequest)
  /// No network of the container can carry it.
  case noCarrier(PortRequest, container: String)
  /// It is not published.
  case notPublished(PortRequest, container: String)
}

extension ServiceError {
  /// Whether a file could not be written.
  var isOfWriting: Bool {
    if case .state(.unwritable) = self { true } else { false }
  }

  /// The same with what was done before, when it is about a file that could not be written.
  func after(_ deed: Deed) -> ServiceError {
    if case .state(let error) = self, isOfWriting { .unrecorded(error, deed) } else { self }
  }
}
