public import Addressing

/// The connection of one container to one network.
public struct Endpoint: Hashable, Sendable {
  /// The identity; the host link's name is derived from it.
  public let id: EndpointID
  /// The network it belongs to.
  public let network: NetworkID
  /// The container it belongs to.
  public let container: Container
  /// Its interface; nil on a network without links (`none`).
  public package(set) var interface: EndpointInterface?
  /// What the choice of the container's default route depends on.
  public package(set) var route: RouteCandidate
  /// The settings given to `connect`.
  public let settings: EndpointSettings
  /// What plugins have a part in; nil if none has.
  public package(set) var plugin: PluginEndpoint?

  package init(
    id: EndpointID, network: NetworkID, container: Container, interface: EndpointInterface?,
    route: RouteCandidate, settings: EndpointSettings = EndpointSettings(),
    plugin: PluginEndpoint? = nil
  ) {
    self.id = id
    self.network = network
    self.container = container
    self.interface = interface
    self.route = route
    self.settings = settings
    self.plugin = plugin
  }
}

extension EndpointID {
  /// The name of the host end of the endpoint's veth pair.
  public var hostInterfaceName: InterfaceName { InterfaceName(ofLink: "veth\(short.prefix(7))") }
}

/// An endpoint's interface in its container.
public struct EndpointInterface: Hashable, Sendable {
  /// The host end of the veth pair, `veth` and the first 7 digits of the endpoint's identity; nil
  /// for an interface without one.
  public let hostName: InterfaceName?
  /// The interface in the container, such as `eth0`.
  public let name: InterfaceName
  /// The interface's hardware address; nil if it is that of a link of the host.
  public package(set) var mac: MACAddress?
  /// The addresses leased from the network's subnets, with the subnet's prefix length.
  public package(set) var addresses: [IPPrefix]
  /// Link-local addresses given with `--link-local-ip`.
  public let linkLocalAddresses: [IPAddress]

  package init(
    hostName: InterfaceName?, name: InterfaceName, mac: MACAddress?, addresses: [IPPrefix],
    linkLocalAddresses: [IPAddress] = []
  ) {
    self.hostName = hostName
    self.name = name
    self.mac = mac
    self.addresses = addresses
    self.linkLocalAddresses = linkLocalAddresses
  }

  /// The leased address of one family.
  public func address(_ family: AddressFamily) -> IPPrefix? {
    addresses.first { $0.family == family }
  }
}

/// The settings given to `connect`, kept for name resolution and `inspect`.
public struct EndpointSettings: Hashable, Sendable {
  /// Additional names of the container on this network.
  public var aliases: [String]
  /// Links to other containers, `container[:alias]`.
  public var links: [String]
  /// Driver options of the endpoint.
  public var driverOptions: [String: String]

  package init(
    aliases: [String] = [], links: [String] = [], driverOptions: [String: String] = [:]
  ) {
    self.aliases = aliases
    self.links = links
    self.driverOptions = driverOptions
  }
}
