public import Addressing
public import KernelModel

/// The options of a bridge network, read from what `--opt` gave.
public struct BridgeOptions: Hashable, Sendable {
  /// How a network reaches the outside and is reached from it.
  public enum GatewayMode: String, CaseIterable, Sendable {
    /// Source NAT; only published ports can be reached.
    case nat
    /// Source NAT; everything can be reached.
    case natUnprotected = "nat-unprotected"
    /// No NAT; published ports can be reached at the container's own address.
    case routed
    /// No address on the bridge, so that not even the host is a neighbour.
    case isolated
  }

  /// The bridge's name, when the user chose it.
  public let bridgeName: InterfaceName?
  /// Whether containers of the network may talk to each other.
  public let allowsContainerTraffic: Bool
  /// Whether source addresses are translated.
  public let masquerades: Bool
  /// Whether the bridge goes without its IPv4 address.
  public let inhibitsIPv4: Bool
  /// Bytes; nil for the kernel's default.
  public let mtu: UInt32?
  /// The beginning of interface names in containers.
  public let interfacePrefix: String
  /// The address of the host on which ports are published that name none.
  public let hostAddress: IPAddress?
  /// Interfaces of the host from which containers may be reached directly.
  public let trustedInterfaces: [InterfaceName]
  /// Whether an endpoint's addresses are announced at all (`advertise_addr_nmsgs` above 0).
  public let announces: Bool
  static let nameKey = "com.docker.network.bridge.name"
  static let interfacePrefixKey = "com.docker.network.container_iface_prefix"
  static let trustedInterfacesKey = "com.docker.network.bridge.trusted_host_interfaces"

  private let gatewayModes: [AddressFamily: GatewayMode]
  private let sourceAddresses: [AddressFamily: IPAddress]

  /// Reads the options that Docker's bridge driver knows; others are left to whoever shows them.
  public init(
    _ options: [String: String], isInternal: Bool, families: Set<AddressFamily> = [.ipv4]
  ) throws(OptionError) {
    let words = try BridgeOptionWords(options)
    try words.checkIsolation(isInternal: isInternal)
    let reader = OptionReader(options: options)
    let bridge = "com.docker.network.bridge."
    bridgeName = try reader.interfaceName(Self.nameKey)
    allowsContainerTraffic = try reader.bool(bridge + "enable_icc") ?? true
    masquerades = try reader.bool(bridge + "enable_ip_masquerade") ?? true
    inhibitsIPv4 = words.inhibitsIPv4
    hostAddress = try reader.address(bridge + "host_binding_ipv4", .ipv4)
    trustedInterfaces = try reader.interfaceNames(Self.trustedInterfacesKey, separator: ":")
    mtu = try Self.mtu(words.mtu, families)
    interfacePrefix = try Self.interfacePrefix(reader)
    announces = try AnnouncementOptions(options).isWanted
    var sources: [AddressFamily: IPAddress] = [:]
    for family in AddressFamily.allCases {
      sources[family] = try reader.address("com.docker.network.host_\(family.word)", family)
    }
    gatewayModes = words.gatewayModes
    sourceAddresses = sources
  }

  /// The gateway mode of one family.
  public func gatewayMode(_ family: AddressFamily) -> GatewayMode {
    gatewayModes[family] ?? .nat
  }

  /// The address that replaces the containers' own towards the outside; nil for the outgoing
  /// interface's.
  public func sourceAddress(_ family: AddressFamily) -> IPAddress? {
    sourceAddresses[family]
  }

  private static func mtu(
    _ mtu: Int64?, _ families: Set<AddressFamily>
  ) throws(OptionError) -> UInt32? {
    guard let mtu, mtu != 0 else { return nil }
    guard mtu > 0 else { throw .negativeMTU(mtu) }
    // ETH_MIN_MTU and ETH_MAX_MTU of the kernel; IPV6_MIN_MTU, below which a link has no IPv6.
    let allowed: ClosedRange<Int64> = (families.contains(.ipv6) ? 1280 : 68)...65535
    guard allowed.contains(mtu) else {
      throw .outOfRange(key: BridgeOptionWords.mtuKey, value: mtu, allowed: allowed)
    }
    return UInt32(mtu)
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

extension AddressFamily {
  /// The family as option keys and sysctls spell it.
  var word: String {
    switch self {
    case .ipv4: "ipv4"
    case .ipv6: "ipv6"
    }
  }
}
