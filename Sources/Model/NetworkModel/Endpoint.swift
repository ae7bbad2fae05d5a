public import Addressing

/// The connection of one container to one network.
public struct Endpoint: Hashable, Sendable {
  /// The identity; the host link's name is derived from it.
  public let id: EndpointID
  /// The network it belongs to.
  public let network: NetworkID
  /// The container it belongs to.
  public package(set) var container: Container
  /// Its interface; nil on a network without links (`none`).
  public package(set) var interface: EndpointInterface?
  /// What the choice of the container's default route depends on.
  public package(set) var route: RouteCandidate
  /// When it was connected; nil in the record of an earlier version.
  public let connected: Timestamp?
  /// The settings given to `connect`.
  public let settings: EndpointSettings
  /// What plugins have a part in; nil if none has.
  public package(set) var plugin: PluginEndpoint?

  package init(
    id: EndpointID, network: NetworkID, container: Container, interface: EndpointInterface?,
    route: RouteCandidate, connected: Timestamp? = nil,
    settings: EndpointSettings = EndpointSettings(), plugin: PluginEndpoint? = nil
  ) {
    self.id = id
    self.network = network
    self.container = container
    self.interface = interface
    self.route = route
    self.connected = connected
    self.settings = settings
    self.plugin = plugin
  }
}

extension Endpoint {
  /// The driver option that marks an endpoint made by a hook of an OCI runtime.
  package static let hookMark = "io.netctl.oci.container"
  /// The driver option that marks an endpoint made for a CNI runtime.
  package static let pluginMark = "io.netctl.cni.attachment"

  /// Whether it is restored when its container is started again. The runtime requests its own
  /// connections at each start, and plugins are told to release theirs when the container ends.
  package var isRestored: Bool {
    container.isRestartable && plugin == nil && settings.driverOptions[Self.hookMark] == nil
      && settings.driverOptions[Self.pluginMark] == nil
  }

  /// Whether its runtime requests it again when the container is started again.
  package var isRequestedAgain: Bool {
    container.isRestartable && settings.driverOptions[Self.hookMark] != nil
  }

  /// The same connection of a container in another state, and with another interface.
  package func replacing(
    container: Container, interface: EndpointInterface?
  ) -> Endpoint {
    var endpoint = self
    endpoint.container = container
    endpoint.interface = interface
    return endpoint
  }

  /// The connection while its container does not run.
  package var stopped: Endpoint { replacing(container: container.stopped, interface: interface) }

  /// The connection without addresses that others need: those, and the hardware address that
  /// follows from one of them.
  package func yielding(_ addresses: [IPPrefix]) -> Endpoint {
    let derived = addresses.compactMap { MACAddress.docker(for: $0.address) }
    return replacing(
      container: container,
      interface: interface.map { interface in
        EndpointInterface(
          hostName: interface.hostName, name: interface.name,
          mac: interface.mac.flatMap { derived.contains($0) ? nil : $0 },
          addresses: interface.addresses.filter { !addresses.contains($0) },
          linkLocalAddresses: interface.linkLocalAddresses)
      })
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
  /// The addresses that were chosen with `--ip` and `--ip6`.
  public var chosenAddresses: [IPAddress]

  package init(
    aliases: [String] = [], links: [String] = [], driverOptions: [String: String] = [:],
    chosenAddresses: [IPAddress] = []
  ) {
    self.aliases = aliases
    self.links = links
    self.driverOptions = driverOptions
    self.chosenAddresses = chosenAddresses
  }
}
