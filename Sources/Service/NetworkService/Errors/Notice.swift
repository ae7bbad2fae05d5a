public import Addressing
public import AgentAPI
public import Containers
public import KernelModel
public import NetworkModel
public import RemoteDrivers
public import SystemErrors

/// Something that the user should know although the command succeeded.
public enum Notice: Hashable, Sendable {
  /// The network `bridge` was recorded with a subnet that the host routes elsewhere.
  case defaultNetworkRouted(IPPrefix, routes: [IPPrefix])
  /// A new bridge port waits for the spanning tree before it forwards.
  case portWaiting(InterfaceName, bridge: InterfaceName)
  /// Ports of the container with this name are no longer published, because its default route moved
  /// to a network of a driver that publishes none.
  case portsLost([PublishedPort], container: String, network: String)
  /// A value without which networks work cannot be written, because `/proc/sys` is read-only.
  case unwritable(Sysctl)
  /// These files with which containers resolve names cannot be written, for this reason.
  case nameFiles([String], Errno)
  /// The name server does not answer the container with this name, for this reason.
  case notServed(container: String, reason: String)
  /// Forwarding stays enabled after the last network that needs it: the file at this path enables
  /// it when the host starts.
  case forwardingKept(AddressFamily, file: String)
  /// The name server ran, and does not answer.
  case nameServerDown(Errno)
  /// The network `bridge` is not as the configuration has it, for this reason.
  case defaultNetworkKept(ServiceError)
  /// Remains of a failed or interrupted change cannot be removed, for this reason.
  case unfinished(UnfinishedChange, ServiceError)
  /// A finder could not tell whether it knows a container, and was passed over.
  case finder(FinderFailure)
  /// A name refers to other containers, too; all as references that lead to one container.
  case namesakes(of: String, [String])
  /// A hook of these containers connects them to the network by the name that it had.
  case connectedByFormerName(String, [String])
  /// The plugin with this name answered an error to what the command does not depend on.
  case plugin(String, PluginError)
  /// What was removed here is still in the cluster store, which the agent could not be asked to
  /// change; it does that when it can. The connection of a container, or the network.
  case agentUnavailable(AgentError, container: String?, network: String)
  /// The cluster could not be asked, so what is shown is of this time.
  case clusterUnreachable(AgentError, since: Timestamp?)
  /// Something failed that the command does not depend on.
  case ignored(ServiceError)
}
