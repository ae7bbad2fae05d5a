public import Addressing
public import AgentAPI
public import Configuration
public import Containers
public import Drivers
public import KernelModel
public import NetworkModel
public import PacketTrace
public import RemoteDrivers
public import StateStore
public import SystemErrors

/// Why a verb failed.
public enum ServiceError: Error, Hashable, Sendable {
  /// The configuration file at this path is not as it has to be.
  case configuration(path: String, [ConfigurationProblem])
  /// The network `bridge` cannot be as this key of the configuration file has it, for this reason.
  indirect case defaultNetwork(path: String, line: Int, key: String, ServiceError)
  /// The network `bridge` cannot be changed while these are connected to it.
  case defaultNetworkInUse([Endpoint])
  /// Reading or writing the state directory failed.
  case state(StateError)
  /// The kernel refused an operation.
  case kernel(KernelError)
  /// The kernel change succeeded but could not be recorded; the next command records it.
  case unrecorded(StateError, CompletedChange)
  /// Remains of a failed or interrupted change cannot be removed, for this reason.
  indirect case unfinished(UnfinishedChange, ServiceError)
  /// The process lacks the privileges to change networks.
  case unprivileged
  /// A driver option is invalid.
  case option(OptionError)
  /// The interface cannot have the hardware address.
  case hardwareAddress(HardwareAddressProblem)
  /// The name of the network's device is not available.
  case device(DeviceConflict, network: NetworkID, name: String)
  /// netctl does not have the driver of a recorded network.
  case unknownDriver(DriverName, network: String)

  /// The state directory belongs to another network namespace of this boot.
  case foreignState(folder: String)
  /// No network has this name or identity.
  case networkNotFound(String)
  /// The identity prefix matches several networks.
  case ambiguousNetwork(String, matches: Int)
  /// The identity prefix matches several recorded containers.
  case ambiguousContainer(String, matches: Int)
  /// The namespace does not exist.
  case noSuchContainer(String)
  /// The container exists, but does not run.
  case containerNotRunning(String)
  /// The finder that was asked for a container could not answer.
  case finder(FinderFailure)
  /// A user's runtime refers to a namespace that is not this user's.
  case foreignNamespace(container: String, user: UInt32)
  /// The file is not a network namespace.
  case notANamespace(String)
  /// No recorded endpoint belongs to a container of this name.
  case endpointNotFound(String)

  /// The network definition is invalid.
  case definition(DefinitionError)
  /// The network cannot be changed.
  case update(UpdateProblem)
  /// The settings of the new endpoint are invalid; all problems found.
  case endpointSettings([EndpointProblem])

  /// The container is already connected to the network.
  case alreadyConnected(container: String, network: String)
  /// The container is not connected to the network.
  case notConnected(ContainerID, network: String)
  /// The network does not exist, so the container is not connected to it.
  case notConnectedToMissing(ContainerID, network: String)
  /// The address is not link-local.
  case invalidLinkLocal(IPAddress)
  /// An IPv6 link-local address on a network without IPv6.
  case linkLocalWithoutIPv6(IPAddress, network: String)
  /// The address is already leased or reserved.
  case addressInUse
  /// The address is kept for a container of this name, which does not run.
  case addressHeld(IPAddress, for: String)
  /// The subnet has no addresses left.
  case noAddressLeft(AddressFamily, network: String, NetworkID)
  /// The host's namespace cannot join a network.
  case hostNamespace
  /// The network `host` cannot be joined.
  case hostNetwork
  /// The network `none` excludes all others.
  case privateNetwork
  /// A configuration-only network has no endpoints.
  case configurationOnlyNetwork
  /// The container already has an interface of this name.
  case interfaceExists(InterfaceName, container: String)
  /// The container has a default route that netctl did not add.
  case defaultRouteExists(container: String)

  /// A plugin did not do what it was asked.
  case plugin(PluginError)

  /// The agent of overlay networks did not do what it was asked, for the network with this name.
  case agent(AgentError, network: String)
  /// Frames of this size do not fit into datagrams from this address, whose link has another MTU.
  case overlayMTU(UInt32, network: String, address: IPAddress, mtu: UInt32)

  /// A packet could not be followed.
  case trace(TraceError)
  /// These files with which containers resolve names cannot be written.
  case nameFiles([String], Errno)

  /// A port cannot be published or unpublished.
  case port(PortError)

  /// A predefined network cannot be removed.
  case predefinedNetwork(String)
  /// The network has connected containers.
  case activeEndpoints(network: String, [Endpoint])
  /// Other networks were created from this one.
  case configurationInUse(String)
}

extension ServiceError {
  /// An error of the state directory, with full paths.
  init(_ error: StateError, in folder: String, isPrivileged: Bool) {
    self =
      error.cause == .privilege && !isPrivileged ? .unprivileged : .state(error.inside(folder))
  }

  /// Whether a file could not be written.
  var isWriteFailure: Bool {
    if case .state(.unwritable) = self { true } else { false }
  }

  /// Turns a write error into `unrecorded`; any other error stays as it is.
  func recordingFailed(after change: CompletedChange) -> ServiceError {
    if case .state(let error) = self, isWriteFailure { .unrecorded(error, change) } else { self }
  }
}
