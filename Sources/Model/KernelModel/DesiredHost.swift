public import Addressing

/// The desired kernel state of all networks of this host.
public struct DesiredHost: Sendable {
  /// The networks that should be in the kernel.
  public var networks: [DesiredNetworkState]
  /// The requirements of published ports.
  public var ports: DesiredPorts
  /// The families whose forwarding netctl enabled: other traffic of these is still dropped.
  public var noTransit: Set<AddressFamily>
  /// What keeps datagrams out that come from no host of the cluster.
  public var tunnelGuard: Set<FirewallElement>
  /// Whether these are all recorded networks: one that could not be read might own elements that
  /// seem unused.
  public var isComplete: Bool

  package init(
    networks: [DesiredNetworkState] = [], ports: DesiredPorts = DesiredPorts(),
    noTransit: Set<AddressFamily> = [], tunnelGuard: Set<FirewallElement> = [],
    isComplete: Bool = true
  ) {
    self.networks = networks
    self.ports = ports
    self.noTransit = noTransit
    self.tunnelGuard = tunnelGuard
    self.isComplete = isComplete
  }

  /// The elements that all sets and maps of the firewall should contain.
  public var firewall: Set<FirewallElement> {
    var elements = ports.firewall.union(noTransit.map { .noTransit($0) }).union(tunnelGuard)
    for state in networks { elements.formUnion(state.network.firewall) }
    return elements
  }
}

/// A network with its live endpoints.
public struct DesiredNetworkState: Sendable {
  /// The network itself.
  public let network: DesiredNetwork
  /// Its endpoints.
  public var endpoints: [DesiredAttachment]

  package init(network: DesiredNetwork, endpoints: [DesiredAttachment] = []) {
    self.network = network
    self.endpoints = endpoints
  }
}

/// An endpoint and its container.
public struct DesiredAttachment: Sendable {
  /// The endpoint.
  public let endpoint: DesiredEndpoint
  /// The container; nil when its namespace cannot be entered.
  public let container: NamespaceHandle?
  /// Why the namespace cannot be entered, where that is needed to see the endpoint.
  public let accessError: KernelError?
  /// The default routes through this endpoint.
  public let routes: [DesiredDefaultRoute]

  package init(
    endpoint: DesiredEndpoint, container: NamespaceHandle? = nil, accessError: KernelError? = nil,
    routes: [DesiredDefaultRoute] = []
  ) {
    self.endpoint = endpoint
    self.container = container
    self.accessError = accessError
    self.routes = routes
  }
}
