import Addressing

/// The part of a bridge network's options that Docker parses before it allocates addresses. Whether
/// values suit the network and the kernel is checked later, by ``BridgeOptions``.
struct EarlyBridgeOptions: Hashable, Sendable {
  static let containerTrafficKey = "com.docker.network.bridge.enable_icc"
  static let masqueradeKey = "com.docker.network.bridge.enable_ip_masquerade"
  static let hostAddressKey = "com.docker.network.bridge.host_binding_ipv4"
  /// Docker sets it on its default network; it has no effect.
  static let defaultBridgeKey = "com.docker.network.bridge.default_bridge"

  /// The bridge's name, if the user chose one.
  let bridgeName: String?
  let inhibitsIPv4: Bool
  let gatewayModes: [AddressFamily: BridgeOptions.GatewayMode]

  /// Parses `--opt`. Throws for invalid booleans, numbers, addresses and modes.
  init(_ options: [String: String]) throws(OptionError) {
    let reader = OptionReader(options: options)
    let network = "com.docker.network."
    let bridge = network + "bridge."
    bridgeName = reader.text(BridgeOptions.nameKey)
    for key in [Self.containerTrafficKey, Self.masqueradeKey, Self.defaultBridgeKey] {
      _ = try reader.bool(key)
    }
    inhibitsIPv4 = try reader.bool(bridge + "inhibit_ipv4") ?? false
    _ = try reader.integer(OptionReader.mtuKey)
    for key in [Self.hostAddressKey, network + "host_ipv4", network + "host_ipv6"] {
      _ = try reader.address(key)
    }
    var modes: [AddressFamily: BridgeOptions.GatewayMode] = [:]
    for family in AddressFamily.allCases {
      let key = bridge + "gateway_mode_\(family.keyword)"
      guard let text = reader.options[key] else { continue }
      guard let mode = BridgeOptions.GatewayMode(rawValue: text) else {
        throw .unknownGatewayMode(
          key: key, value: text, modes: BridgeOptions.GatewayMode.allCases.map(\.rawValue))
      }
      modes[family] = mode
    }
    gatewayModes = modes
  }

  /// Refuses `isolated` for a network that is not internal.
  func checkIsolation(isInternal: Bool) throws(OptionError) {
    if gatewayModes.values.contains(.isolated) && !isInternal { throw .isolatedNeedsInternal }
  }

  /// The families for which no gateway is allocated: those in which the bridge has no address that
  /// a default route could lead to.
  func familiesWithoutGateway(isInternal: Bool) -> Set<AddressFamily> {
    Set(
      AddressFamily.allCases.filter { family in
        gatewayModes[family] == .isolated || family == .ipv4 && inhibitsIPv4 && isInternal
      })
  }
}
