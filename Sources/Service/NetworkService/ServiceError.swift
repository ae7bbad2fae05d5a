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
  /// What is left of a change that failed or was interrupted cannot be removed, for this reason.
  indirect case unfinished(UnfinishedChange, ServiceError)
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
  /// The identities of several containers on record begin so.
  case ambiguousContainer(String, matches: Int)
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
  /// An IPv6 link-local address on a network without IPv6.
  case linkLocalWithoutIPv6(IPAddress, network: String)
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
