public import Addressing
public import NetworkModel

/// The arguments of `connect`, one property for each flag.
public struct ConnectRequest: Sendable {
  /// NETWORK.
  public var network: String
  /// CONTAINER.
  public var container: String
  /// `--alias`; empty values are dropped.
  public var aliases: [String] = []
  /// `--driver-opt`.
  public var driverOptions: [String: String] = [:]
  /// `--gw-priority`.
  public var gatewayPriority: Int64 = 0
  /// `--ip`.
  public var ipv4: IPAddress?
  /// `--ip6`.
  public var ipv6: IPAddress?
  /// `--link`.
  public var links: [String] = []
  /// `--link-local-ip`.
  public var linkLocalAddresses: [IPAddress] = []
  /// `--mac-address`; nil for one that is derived from the IPv4 address.
  public var mac: MACAddress?
  /// The name under which the container is recorded; nil for the one it was found by.
  public var containerName: String?
  /// What runs the container; nil for what found it.
  public var containerRuntime: ContainerRuntime?
  /// The ID under which the container is recorded; nil for the one it was found with.
  package var containerID: ContainerID?
  /// The container's first process, if what called netctl has told it.
  package var containerProcess: Int32?
  /// Whether the container's runtime is about to add a default route, and fails if there is one.
  package var leavesDefaultRoute = false
  /// The files with which the container resolves names; nil for those of what found it.
  public var containerNameMounts: NameMounts?
  /// `--publish`.
  public var ports: [PortRequest] = []

  /// What is kept of them with the endpoint.
  var endpointSettings: EndpointSettings {
    EndpointSettings(
      aliases: aliases.filter { !$0.isEmpty }, links: links, driverOptions: driverOptions,
      chosenAddresses: [ipv4, ipv6].compactMap(\.self))
  }

  /// Takes the arguments; all flags keep their defaults.
  public init(network: String, container: String) {
    self.network = network
    self.container = container
  }
}
