public import Addressing
public import NetworkModel

/// Why a network cannot be changed.
public enum UpdateProblem: Error, Hashable, Sendable {
  /// No option says what to change.
  case nothingGiven
  /// The option is fixed when the network is created; these containers are on it.
  case fixedOption(String, network: String, users: [String])
  /// The option cannot change while these containers are on the network.
  case optionInUse(String, network: String, users: [String])
  /// Plugins have a part in the network, which they cannot be told to change.
  case hasPlugin(network: String)
  /// The network spans hosts.
  case isOverlay(network: String)
  /// The network does not have the label.
  case noLabel(String)
  /// The network does not have the option.
  case noOption(String)
  /// The network does not have the auxiliary address with this name.
  case noAuxiliaryAddress(String)
  /// An address is to be reserved without a name.
  case unnamedAuxiliaryAddress(String)
  /// A network has one subnet of each family when it is changed, and the network has it.
  case subnetExists(IPPrefix, network: String)
  /// A family that the network has cannot be taken away.
  case familyInUse(AddressFamily, network: String)
  /// A container has the address that is to be reserved.
  case addressInUse(IPAddress, by: String)
  /// The ports of these containers would no longer be published.
  case portsInTheWay(network: String, [PortsInTheWay])
  /// The container cannot be entered, and its interface has to be changed.
  case containerClosed(String)
  /// The interface is no longer in its container.
  case interfaceGone(InterfaceName, container: String)
  /// Other networks were created from the configuration.
  case configurationInUse(String, by: [String])
}

/// A container and the ports that it would lose.
public struct PortsInTheWay: Hashable, Sendable {
  /// What refers to the container.
  public let container: String
  /// The ports.
  public let ports: [PublishedPort]
}
