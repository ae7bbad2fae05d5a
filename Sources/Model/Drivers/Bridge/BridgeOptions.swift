package import Addressing
package import KernelModel

/// The options of a bridge network, parsed from `--opt`.
package struct BridgeOptions: Hashable, Sendable {
  /// How a network is connected to the outside.
  package enum GatewayMode: String, CaseIterable, Sendable {
    /// Source NAT; only published ports are reachable.
    case nat
    /// Source NAT; everything is reachable.
    case natUnprotected = "nat-unprotected"
    /// No NAT; published ports are reachable at the container's own address.
    case routed
    /// No address on the bridge, so that not even the host can reach the network.
    case isolated
  }

  /// The bridge's name, if the user chose one.
  package let bridgeName: InterfaceName?
  /// Whether the network's containers may communicate with each other.
  package let allowsContainerTraffic: Bool
  /// What the network's containers may send as.
  package let portSecurity: NetworkPolicy.PortSecurity
  /// Whether source addresses are translated.
  package let masquerades: Bool
  /// Whether the bridge gets no IPv4 address.
  package let inhibitsIPv4: Bool
  /// Bytes; nil for the kernel's default.
  package let mtu: UInt32?
  /// The prefix of interface names in containers.
  package let interfacePrefix: String
  /// The default host address of published ports.
  package let hostAddress: IPAddress?
  /// Host interfaces from which containers are directly reachable.
  package let trustedInterfaces: [InterfaceName]
  /// Whether an endpoint's addresses are announced at all (`advertise_addr_nmsgs` above 0).
  package let announces: Bool
  static let nameKey = "com.docker.network.bridge.name"
  static let interfacePrefixKey = "com.docker.network.container_iface_prefix"
  static let portSecurityKey = "io.netctl.bridge.port_security"
  static let trustedInterfacesKey = "com.docker.network.bridge.trusted_host_interfaces"

  private let gatewayModes: [AddressFamily: GatewayMode]
  private let sourceAddresses: [AddressFamily: IPAddress]

  /// Parses the options of Docker's bridge driver; unknown ones are ignored.
  package init(
    _ options: [String: String], isInternal: Bool, families: Set<AddressFamily> = [.ipv4]
  ) throws(OptionError) {
    let words = try EarlyBridgeOptions(options)
    try words.checkIsolation(isInternal: isInternal)
    let reader = OptionReader(options: options)
    bridgeName = try reader.interfaceName(Self.nameKey)
    allowsContainerTraffic = try reader.bool(EarlyBridgeOptions.containerTrafficKey) ?? true
    portSecurity =
      try Self.portSecurity(reader) ?? (allowsContainerTraffic ? .on : .strict)
    masquerades = try reader.bool(EarlyBridgeOptions.masqueradeKey) ?? true
    inhibitsIPv4 = words.inhibitsIPv4
    hostAddress = try reader.address(EarlyBridgeOptions.hostAddressKey, .ipv4)
    trustedInterfaces = try reader.interfaceNames(Self.trustedInterfacesKey, separator: ":")
    mtu = try reader.mtu(families)
    interfacePrefix = try Self.interfacePrefix(reader)
    announces = try AnnouncementOptions(options).isEnabled
    var sources: [AddressFamily: IPAddress] = [:]
    for family in AddressFamily.allCases {
      sources[family] = try reader.address("com.docker.network.host_\(family.keyword)", family)
    }
    gatewayModes = words.gatewayModes
    sourceAddresses = sources
  }

  /// The gateway mode of one family.
  package func gatewayMode(_ family: AddressFamily) -> GatewayMode {
    gatewayModes[family] ?? .nat
  }

  /// The address that masquerading uses instead of the outgoing interface's; nil for that one.
  package func sourceAddress(_ family: AddressFamily) -> IPAddress? {
    sourceAddresses[family]
  }

  private static func portSecurity(
    _ reader: OptionReader
  ) throws(OptionError) -> NetworkPolicy.PortSecurity? {
    guard let text = reader.options[portSecurityKey] else { return nil }
    guard let level = NetworkPolicy.PortSecurity(rawValue: text) else {
      throw .unknownPortSecurity(
        key: portSecurityKey, value: text,
        levels: NetworkPolicy.PortSecurity.allCases.map(\.rawValue))
    }
    return level
  }

  private static func interfacePrefix(_ reader: OptionReader) throws(OptionError) -> String {
    guard let prefix = reader.text(interfacePrefixKey) else { return "eth" }
    do {
      _ = try InterfaceName(prefix + "0")
    } catch {
      throw .interfaceName(key: interfacePrefixKey, value: prefix, error)
    }
    return prefix
  }
}
