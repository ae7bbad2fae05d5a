package import Addressing
package import KernelModel
package import NetworkModel

/// A driver whose networks' interfaces are on a link of the host, which other networks may be on,
/// too.
package protocol ParentSharing: NetworkDriver {
  /// The network.
  var network: Network { get }
  /// The link of the host.
  var parent: ParentLink { get }
  /// Bytes; nil for the parent's.
  var mtu: UInt32? { get }
  /// How interfaces are attached to the parent.
  var attachment: EndpointLink { get }
  /// Refuses a parent that another network of this driver is on and cannot share.
  func check(beside other: Network) throws(NetworkProblem)
}

extension ParentSharing {
  package static var sharesSubnets: Bool { true }
  // Their containers may get addresses from the parent's network.
  package static var needsAddresses: Bool { false }

  package static func resolvingLinkNames<Failure: Error>(
    in options: [String: String], by name: (String) throws(Failure) -> InterfaceName?
  ) throws(Failure) -> [String: String] {
    try ParentLink.resolvingName(in: options, by: name)
  }

  // netctl, like Docker since 29, does not guess the address of a router on the parent's network.
  static var familiesWithoutOwnGateway: Set<AddressFamily> { Set(AddressFamily.allCases) }

  /// Whether nothing beyond the parent can be reached.
  var isInternal: Bool { network.isInternal || parent.isDummy }

  package var desiredNetwork: DesiredNetwork {
    DesiredNetwork(device: parent.device(of: network.id, mtu: mtu), parent: parent.name)
  }

  package func offeredRoutes(from addresses: [IPPrefix]) -> OfferedRoutes {
    isInternal ? OfferedRoutes() : OfferedRoutes(gateways: gateways(of: addresses))
  }

  // Each subnet may have a gateway.
  func gateways(of addresses: [IPPrefix]) -> [IPAddress] {
    addresses.compactMap { address in
      let subnet = network.subnets.first {
        $0.subnet.length == address.length && $0.subnet.contains(address.address)
      }
      return subnet?.gateway
    }
  }

  package func desiredEndpoint(_ endpoint: Endpoint) throws(OptionError) -> DesiredEndpoint? {
    guard let interface = endpoint.interface else { return nil }
    let settings = try EndpointOptions(endpoint.settings.driverOptions)
    return DesiredEndpoint(
      name: interface.name, link: attachment,
      owner: .endpoint(endpoint.id.description), mtu: mtu, mac: interface.mac,
      addresses: interface.assignedAddresses,
      sysctls: sysctls(of: interface) + settings.sysctls(interface: interface.name),
      isAnnounced: try AnnouncementOptions(network.options).isEnabled)
  }

  // Routers of the parent's network may configure the interface, unless the network is internal.
  private func sysctls(of interface: EndpointInterface) -> [Sysctl] {
    guard interface.hasIPv6 else { return [interface.disablingIPv6] }
    return [interface.ipv6Sysctl(.disableIPv6, "0")]
      + (isInternal ? [interface.ipv6Sysctl(.acceptRA, "0", for: .protection)] : [])
  }
}
