public import Addressing

/// What the kernel should hold for all networks of this host.
public struct DesiredHost: Sendable {
  /// The networks that should be in the kernel.
  public var networks: [DesiredMembership]
  /// What published ports need.
  public var ports: DesiredPorts
  /// The families whose forwarding netctl switched on.
  public var closed: Set<AddressFamily>
  /// Whether these are all networks of the records: one that could not be read may own what seems
  /// to be nobody's.
  public var isComplete: Bool

  /// Takes every member.
  public init(
    networks: [DesiredMembership] = [], ports: DesiredPorts = DesiredPorts(),
    closed: Set<AddressFamily> = [], isComplete: Bool = true
  ) {
    self.networks = networks
    self.ports = ports
    self.closed = closed
    self.isComplete = isComplete
  }

  /// All that the firewall's sets and maps should hold.
  public var firewall: Set<FirewallElement> {
    var elements = ports.firewall.union(closed.map { .closed($0) })
    for member in networks { elements.formUnion(member.network.firewall) }
    return elements
  }
}

/// A network with its living endpoints.
public struct DesiredMembership: Sendable {
  /// The network itself.
  public let network: DesiredNetwork
  /// Its endpoints.
  public var endpoints: [DesiredConnection]

  /// Takes every member.
  public init(network: DesiredNetwork, endpoints: [DesiredConnection] = []) {
    self.network = network
    self.endpoints = endpoints
  }
}

/// An endpoint and the container it leads to.
public struct DesiredConnection: Sendable {
  /// The endpoint.
  public let endpoint: DesiredEndpoint
  /// The container; nil for one that cannot be entered.
  public let container: NamespaceHandle?
  /// The default routes that go through this endpoint.
  public let routes: [DesiredDefaultRoute]

  /// Takes every member.
  public init(
    endpoint: DesiredEndpoint, container: NamespaceHandle? = nil,
    routes: [DesiredDefaultRoute] = []
  ) {
    self.endpoint = endpoint
    self.container = container
    self.routes = routes
  }
}
