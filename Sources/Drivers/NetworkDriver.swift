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

  func desiredEndpoint(_ endpoint: Endpoint) -> DesiredEndpoint? { nil }
}
