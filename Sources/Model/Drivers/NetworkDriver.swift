package import Addressing
package import KernelModel
package import NetworkModel

/// A network driver: maps the stored model to the desired kernel state.
package protocol NetworkDriver: Sendable {
  /// The kernel state of the network itself.
  var desiredNetwork: DesiredNetwork { get }
  /// Whether the network's device exists only while an endpoint needs it.
  var isCreatedOnDemand: Bool { get }
  /// The prefix of interface names in containers.
  var interfacePrefix: String { get }
  /// The gateways that containers may use as their default route.
  var offeredGateways: [IPAddress] { get }
  /// The default host address of published ports; nil for all addresses.
  var defaultHostAddress: IPAddress? { get }
  /// Whether published ports of a family are reached at the container's own address instead of a
  /// host port.
  func isRouted(_ family: AddressFamily) -> Bool
  /// What a published port of an endpoint requires of the firewall; nil when the endpoint has no
  /// address of the port's family or the network is not reachable.
  func policy(for port: PublishedPort, on endpoint: Endpoint) -> PortPolicy?
  /// The kernel state of an endpoint; nil for a network without links.
  func desiredEndpoint(_ endpoint: Endpoint) throws(OptionError) -> DesiredEndpoint?
}

extension Network {
  /// The network's driver with its options parsed. Throws for an invalid option.
  package func makeDriver() throws(OptionError) -> any NetworkDriver {
    if isConfigurationOnly { return NullDriver() }
    switch driver {
    case .bridge: return try BridgeDriver(self)
    case .host, .null: return NullDriver()
    }
  }
}

/// A network without kernel objects: `host`, `none` and configuration-only networks.
struct NullDriver: NetworkDriver {
  let desiredNetwork = DesiredNetwork()
  let isCreatedOnDemand = false
  let interfacePrefix = ""
  let offeredGateways: [IPAddress] = []
  let defaultHostAddress: IPAddress? = nil

  func isRouted(_ family: AddressFamily) -> Bool { false }

  func policy(for port: PublishedPort, on endpoint: Endpoint) -> PortPolicy? { nil }

  func desiredEndpoint(_ endpoint: Endpoint) -> DesiredEndpoint? { nil }
}
