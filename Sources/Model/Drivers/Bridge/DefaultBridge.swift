package import Addressing

/// The settings of the predefined network `bridge`. Unless set, they are Docker's.
package struct DefaultBridge: Hashable, Sendable {
  /// The bridge.
  package var name = "docker0"
  /// Whether the bridge is an administrator's: it exists, and the network has its address.
  package var isForeign = false
  /// Whether containers may communicate with each other.
  package var allowsContainerTraffic = true
  /// Whether source addresses are translated.
  package var masquerades = true
  /// The default host address of published ports.
  package var hostAddress = IPAddress(ipv4: 0)
  /// Bytes; nil for the MTU of the host's uplink.
  package var mtu: UInt32? = 1500
  /// Whether containers have IPv6 addresses.
  package var hasIPv6 = false
  /// The bridge's own addresses, with the length of their subnets; automatic where there is none.
  package var addresses: [AddressFamily: IPPrefix] = [:]
  /// The blocks that containers' addresses are allocated from.
  package var ranges: [AddressFamily: IPPrefix] = [:]
  /// The default gateways of containers, where they are not the bridge's own addresses.
  package var gateways: [AddressFamily: IPAddress] = [:]

  /// Docker's defaults.
  package init() {}

  /// The families that containers have addresses of.
  package var families: Set<AddressFamily> { hasIPv6 ? [.ipv4, .ipv6] : [.ipv4] }

  /// The options that the network is recorded with, as Docker shows them.
  package func options(uplinkMTU: UInt32) -> [String: String] {
    [
      EarlyBridgeOptions.defaultBridgeKey: "true",
      EarlyBridgeOptions.containerTrafficKey: String(allowsContainerTraffic),
      EarlyBridgeOptions.masqueradeKey: String(masquerades),
      EarlyBridgeOptions.hostAddressKey: hostAddress.description,
      BridgeOptions.nameKey: name,
      OptionReader.mtuKey: String(mtu ?? uplinkMTU),
    ]
  }

  /// All settings in one line.
  package var digest: String {
    let words =
      [
        name, isForeign ? "foreign" : "own", allowsContainerTraffic ? "icc" : "no-icc",
        masquerades ? "masquerade" : "no-masquerade", hostAddress.description,
        mtu.map { String($0) } ?? AutomaticMTU.word, hasIPv6 ? "ipv6" : "no-ipv6",
      ]
      + AddressFamily.allCases.flatMap { family in
        [
          addresses[family]?.description ?? "-", ranges[family]?.description ?? "-",
          gateways[family]?.description ?? "-",
        ]
      }
    return words.joined(separator: " ")
  }
}
