import Addressing
package import KernelModel
package import NetworkModel

/// The driver of networks that span the hosts of a cluster: a bridge on each host where a container
/// is on the network, and a VXLAN link that is a port of it.
package struct OverlayDriver: NetworkDriver {
  package static let name = DriverName.overlay
  package static let summary = "A bridge on each host of a cluster, with tunnels between them"
  package static var options: [OptionDescription] { OverlayOptions.descriptions }
  package static let requiredFeatures: Set<KernelFeature> = [
    .bridge, .veth, .vxlan, .nftables, .conntrack,
  ]

  private let network: Network
  private let options: OverlayOptions
  private let host: HostSettings

  package init(_ network: Network) throws(OptionError) {
    try self.init(network, on: HostSettings())
  }

  package init(_ network: Network, on host: HostSettings) throws(OptionError) {
    self.network = network
    self.host = host
    options = try OverlayOptions(network)
  }

  // Most hosts of a cluster have no container on most networks.
  package var isCreatedOnDemand: Bool { true }

  package var interfaces: InterfaceNaming? { InterfaceNaming(prefix: "eth", hasHostEnd: true) }

  private var bridgeName: InterfaceName { InterfaceName(ofLink: "br-\(network.id.short)") }
  private var tunnelName: InterfaceName { InterfaceName(ofLink: "vx-\(network.id.short)") }

  package var desiredNetwork: DesiredNetwork {
    DesiredNetwork(device: bridge, tunnel: tunnel, policy: policy)
  }

  /// What the tables of the tunnel have of endpoints on other hosts.
  package static func stations(of endpoints: [RemoteEndpoint]) -> [RemoteStation] {
    endpoints.map { endpoint in
      RemoteStation(
        mac: endpoint.mac, addresses: endpoint.addresses.map(\.address),
        host: endpoint.tunnelAddress)
    }
  }

  package func desiredEndpoint(_ endpoint: Endpoint) throws(OptionError) -> DesiredEndpoint? {
    guard let interface = endpoint.interface, let hostName = interface.hostName,
      let mac = interface.mac
    else { return nil }
    let settings = try EndpointOptions(endpoint.settings.driverOptions)
    let family =
      interface.hasIPv6
      ? [
        interface.ipv6Sysctl(.disableIPv6, "0"),
        interface.ipv6Sysctl(.acceptRA, "0", for: .protection),
      ] : [interface.disablingIPv6]
    return DesiredEndpoint(
      name: interface.name,
      link: .veth(VethPort(name: hostName, bridge: bridgeName, address: mac)),
      owner: .endpoint(endpoint.id.description), mtu: options.mtu, mac: mac,
      addresses: interface.assignedAddresses,
      sysctls: family + settings.sysctls(interface: interface.name),
      isAnnounced: options.announces)
  }

  // It has no address: the host is not on the network. Its hardware address is fixed, because one
  // that changes with its ports would make neighbours forget each other.
  private var bridge: NetworkDevice {
    NetworkDevice(
      name: bridgeName, kind: .bridge, owner: .network(network.id.description),
      adoptsExisting: false, mtu: options.mtu, mac: network.id.localMAC,
      sysctls: [
        Sysctl(.interface(.ipv4, bridgeName, .forwarding), "0", for: .protection),
        Sysctl(.interface(.ipv4, bridgeName, .arpIgnore), "1", for: .protection),
        Sysctl(
          .interface(.ipv6, bridgeName, .disableIPv6), "1", isOptional: true, for: .protection),
      ])
  }

  private var tunnel: DesiredTunnel? {
    guard let identifier = options.identifier, let local = host.tunnel else { return nil }
    return DesiredTunnel(
      device: NetworkDevice(
        name: tunnelName, kind: .vxlan(identifier, source: local.address, port: local.port),
        owner: .tunnel(network.id.description), adoptsExisting: false, mtu: options.mtu,
        sysctls: tunnelSysctls),
      bridge: bridgeName)
  }

  // With IPv6, the link answers for neighbours; but it has no address, not even a link-local one
  // (IN6_ADDR_GEN_MODE_NONE).
  private var tunnelSysctls: [Sysctl] {
    func sysctl(_ setting: SysctlKey.InterfaceSetting, _ value: String) -> Sysctl {
      Sysctl(.interface(.ipv6, tunnelName, setting), value, isOptional: true, for: .protection)
    }
    guard network.families.contains(.ipv6) else { return [sysctl(.disableIPv6, "1")] }
    return [sysctl(.addressGeneration, "1"), sysctl(.acceptRA, "0"), sysctl(.disableIPv6, "0")]
  }

  private var policy: NetworkPolicy? {
    if network.families.isDisjoint(with: host.firewalledFamilies) { return nil }
    return NetworkPolicy(
      bridge: bridgeName, families: host.firewalledFamilies, allowsContainerTraffic: true)
  }
}
