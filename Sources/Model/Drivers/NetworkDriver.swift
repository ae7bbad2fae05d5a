public import Addressing
public import KernelModel
public import NetworkModel

/// What realises networks of one kind: from the stored model to what the kernel should hold.
public protocol NetworkDriver: Sendable {
  /// What the kernel should hold for the network itself.
  var desiredNetwork: DesiredNetwork { get }
  /// Whether the network's device exists only while an endpoint needs it.
  var isRealisedOnDemand: Bool { get }
  /// The beginning of interface names in containers.
  var interfacePrefix: String { get }
  /// The gateways that containers may use as their default route.
  var offeredGateways: [IPAddress] { get }
  /// The address of the host on which ports are published that name none; nil for all addresses.
  var defaultHostAddress: IPAddress? { get }
  /// Whether published ports of a family are reached by the container's own address instead of a
  /// port of the host.
  func isRouted(_ family: AddressFamily) -> Bool
  /// The elements of the firewall that publish a port on an endpoint of its container; none when the
  /// endpoint has no address of the port's family or the network cannot be reached.
  func firewall(for port: PublishedPort, on endpoint: Endpoint) -> [FirewallElement]
  /// What the kernel should hold for an endpoint; nil for a network without links.
  func desiredEndpoint(_ endpoint: Endpoint) throws(OptionError) -> DesiredEndpoint?
}

extension Network {
  /// The driver of this network with its options read. Throws for an option it cannot accept.
  public func makeDriver() throws(OptionError) -> any NetworkDriver {
    if isConfigurationOnly { return NullDriver() }
    switch driver {
    case .bridge: return try BridgeDriver(self)
    case .host, .null: return NullDriver()
    }
  }
}

/// A network that holds nothing in the kernel: `host`, `none` and configuration-only networks.
struct NullDriver: NetworkDriver {
  let desiredNetwork = DesiredNetwork()
  let isRealisedOnDemand = false
  let interfacePrefix = ""
  let offeredGateways: [IPAddress] = []
  let defaultHostAddress: IPAddress? = nil

  func isRouted(_ family: AddressFamily) -> Bool { false }

  func firewall(for port: PublishedPort, on endpoint: Endpoint) -> [FirewallElement] { [] }

  func desiredEndpoint(_ endpoint: Endpoint) -> DesiredEndpoint? { nil }
}
