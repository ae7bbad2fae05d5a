import Addressing
import KernelModel
import NetworkModel

/// The driver of Linux bridge networks.
struct BridgeDriver: NetworkDriver {
  static let name = DriverName.bridge
  static let summary = "A Linux bridge"
  static let options = BridgeOptions.descriptions
  static let requiredFeatures: Set<KernelFeature> = [.bridge, .veth, .nftables, .conntrack]

  let network: Network
  let options: BridgeOptions
  let bridgeName: InterfaceName
  let host: HostSettings

  init(_ network: Network) throws(OptionError) {
    try self.init(network, on: HostSettings())
  }

  init(_ network: Network, on host: HostSettings) throws(OptionError) {
    self.network = network
    self.host = host
    self.options = try BridgeOptions(
      network.options, isInternal: network.isInternal, families: network.families)
    if let name = options.bridgeName {
      self.bridgeName = name
    } else {
      let name = network.isPredefined ? DefaultBridge().name : "br-\(network.id.short)"
      do {
        self.bridgeName = try InterfaceName(name)
      } catch {
        throw .interfaceName(key: BridgeOptions.nameKey, value: name, error)
      }
    }
  }

  var isCreatedOnDemand: Bool { network.isPredefined }

  // Not one that an administrator chose for the predefined network.
  private var isDocker0: Bool {
    network.isPredefined && bridgeName.description == DefaultBridge().name
  }

  var interfaces: InterfaceNaming? {
    InterfaceNaming(prefix: options.interfacePrefix, hasHostEnd: true)
  }

  func offeredRoutes(from addresses: [IPPrefix]) -> OfferedRoutes {
    guard !network.isInternal else { return OfferedRoutes() }
    return OfferedRoutes(gateways: network.families.sorted().compactMap { network.gateway($0) })
  }

  var desiredNetwork: DesiredNetwork {
    DesiredNetwork(
      device: bridge,
      policy: policy,
      forwarding: network.isInternal || !host.forwards ? [] : network.families)
  }

  func desiredEndpoint(_ endpoint: Endpoint) throws(OptionError) -> DesiredEndpoint? {
    guard let interface = endpoint.interface, let hostName = interface.hostName,
      let mac = interface.mac
    else { return nil }
    let settings = try EndpointOptions(endpoint.settings.driverOptions)
    return DesiredEndpoint(
      name: interface.name,
      link: .veth(
        VethPort(
          name: hostName, bridge: bridgeName, address: mac,
          isIsolated: !options.allowsContainerTraffic,
          isLocked: options.portSecurity == .strict)),
      owner: .endpoint(endpoint.id.description),
      mtu: options.mtu,
      mac: mac,
      addresses: interface.assignedAddresses,
      sysctls: sysctls(of: interface) + settings.sysctls(interface: interface.name),
      isAnnounced: options.announces)
  }

  /// The bridge.
  var bridge: NetworkDevice {
    let addresses = network.subnets.compactMap { subnet -> IPPrefix? in
      guard let gateway = subnet.gateway else { return nil }
      if options.gatewayMode(gateway.family) == .isolated { return nil }
      if gateway.family == .ipv4 && options.inhibitsIPv4 { return nil }
      return IPPrefix(address: gateway, length: subnet.subnet.length)
    }
    return NetworkDevice(
      name: bridgeName,
      kind: .bridge,
      owner: .network(network.id.description),
      adoptsExisting: options.bridgeName != nil && !isDocker0,
      mtu: options.mtu,
      mac: addresses.first.flatMap { .docker(for: $0.address) } ?? network.id.localMAC,
      addresses: addresses,
      preexistingAddresses: network.preexistingAddresses,
      sysctls: ipv4Sysctls + ipv6Sysctls)
  }

  // Protection that does not depend on netctl's table, which may be flushed. A bridge that leads
  // nowhere only accepts packets from its own subnets and only answers ARP for its own addresses.
  // On other bridges, a container on several networks may reply through another network, which a
  // strict rp_filter would drop.
  private var ipv4Sysctls: [Sysctl] {
    // The host must not accept redirects from containers.
    let redirects = Sysctl(.interface(.ipv4, bridgeName, .acceptRedirects), "0", for: .protection)
    guard !network.isInternal, network.families.contains(.ipv4) else {
      return [
        Sysctl(.interface(.ipv4, bridgeName, .forwarding), "0", for: .protection),
        Sysctl(.interface(.ipv4, bridgeName, .rpFilter), "1", for: .protection),
        Sysctl(.interface(.ipv4, bridgeName, .arpIgnore), "1", for: .protection), redirects,
      ]
    }
    // An administrator may have disabled it by default for new links.
    return [Sysctl(.interface(.ipv4, bridgeName, .forwarding), "1"), redirects]
  }

  // A link-local address on a bridge without IPv6 would expose the host to its containers; router
  // advertisements from a container would add routes to the host (CVE-2020-13401). Forwarded
  // packets wait for neighbour discovery, for which the host only uses its link-local address;
  // duplicate address detection (RFC 4862) would delay that by a second or two.
  private var ipv6Sysctls: [Sysctl] {
    let hasIPv6 =
      network.families.contains(.ipv6) && options.gatewayMode(.ipv6) != .isolated
    return hasIPv6
      ? [
        Sysctl(.interface(.ipv6, bridgeName, .disableIPv6), "0"),
        Sysctl(.interface(.ipv6, bridgeName, .acceptRA), "0", for: .protection),
        Sysctl(.interface(.ipv6, bridgeName, .acceptRedirects), "0", for: .protection),
        Sysctl(.interface(.ipv6, bridgeName, .acceptDAD), "0", for: .promptness),
      ]
      : [
        Sysctl(.interface(.ipv6, bridgeName, .disableIPv6), "1", isOptional: true, for: .protection)
      ]
  }

  private func sysctls(of interface: EndpointInterface) -> [Sysctl] {
    guard interface.hasIPv6 else { return [interface.disablingIPv6] }
    return [
      interface.ipv6Sysctl(.disableIPv6, "0"),
      interface.ipv6Sysctl(.acceptRA, "0", for: .protection),
    ]
  }
}

extension NetworkID {
  /// A locally administered unicast address made of the first digits of the identity.
  var localMAC: MACAddress? {
    let digits = Array(description.utf8.prefix(10))
    let bytes = stride(from: 0, to: 10, by: 2).compactMap { offset in
      UInt8(String(decoding: digits[offset..<offset + 2], as: UTF8.self), radix: 16)
    }
    return MACAddress(bytes: [0x02] + bytes)
  }
}
