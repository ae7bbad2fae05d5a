package import Addressing

/// The settings of the predefined network `bridge`. Unless set, they are Docker's.
package struct DefaultBridge: Hashable, Sendable {
  /// The bridge.
  package var name = "docker0"
  /// Whether containers may communicate with each other.
  package var allowsContainerTraffic = true
  /// Whether source addresses are translated.
  package var masquerades = true
  /// The default host address of published ports.
  package var hostAddress = IPAddress(ipv4: 0)
  /// Bytes.
  package var mtu: UInt32 = 1500

  /// Docker's defaults.
  package init() {}

  /// The options that the network is recorded with, as Docker shows them.
  package var options: [String: String] {
    [
      EarlyBridgeOptions.defaultBridgeKey: "true",
      EarlyBridgeOptions.containerTrafficKey: String(allowsContainerTraffic),
      EarlyBridgeOptions.masqueradeKey: String(masquerades),
      EarlyBridgeOptions.hostAddressKey: hostAddress.description,
      BridgeOptions.nameKey: name,
      OptionReader.mtuKey: String(mtu),
    ]
  }
}
