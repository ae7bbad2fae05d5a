public import Addressing

/// What a network requires of the firewall.
public struct NetworkPolicy: Hashable, Sendable {
  /// What reaches containers from outside of the network.
  public enum Reachability: Hashable, Sendable {
    /// Published ports.
    case publishedPorts
    /// Published ports, at the container's own address instead of a host port.
    case routedPorts
    /// Everything.
    case everything
  }

  /// The source address of connections to the outside.
  public enum SourceAddress: Hashable, Sendable {
    /// The container's own.
    case own
    /// That of the outgoing interface.
    case masquerade
    /// A certain one.
    case chosen(IPAddress)
  }

  /// How one family's packets come in and go out.
  public struct FamilyPolicy: Hashable, Sendable {
    /// What comes in.
    public var reachability: Reachability
    /// With what address they go out.
    public var sourceAddress: SourceAddress

    /// Nothing but published ports comes in, and nothing is translated, unless arguments say so.
    public init(reachability: Reachability = .publishedPorts, sourceAddress: SourceAddress = .own) {
      self.reachability = reachability
      self.sourceAddress = sourceAddress
    }
  }

  /// The traffic between a network and the outside.
  public struct Outside: Hashable, Sendable {
    /// The policies of the families; one without is that of `FamilyPolicy()`.
    public var families: [AddressFamily: FamilyPolicy]
    /// Host interfaces from which published ports are reachable at the container's own address.
    public var trustedInterfaces: [InterfaceName]

    /// Creates the policy of a network that is not internal.
    public init(
      families: [AddressFamily: FamilyPolicy] = [:], trustedInterfaces: [InterfaceName] = []
    ) {
      self.families = families
      self.trustedInterfaces = trustedInterfaces
    }

    /// The policy of a family.
    public func policy(_ family: AddressFamily) -> FamilyPolicy {
      families[family] ?? FamilyPolicy()
    }
  }

  /// What containers may send as to their siblings and to the host.
  public enum PortSecurity: String, Hashable, CaseIterable, Sendable {
    /// Anything.
    case off
    /// What is not another container's or the bridge's: no address of theirs, no router
    /// advertisement, no answer of a DHCP server, no BPDU.
    case on
    /// In addition, nothing but the container's own addresses.
    case strict
  }

  /// A container's place in the network.
  public struct Sender: Hashable, Sendable {
    /// The host end of its link.
    public var port: InterfaceName
    /// Its hardware address.
    public var mac: MACAddress
    /// Its addresses.
    public var addresses: [IPAddress]
    /// Further addresses of its link, which may be in use on other links as well.
    public var linkLocalAddresses: [IPAddress]

    /// Creates a sender.
    public init(
      port: InterfaceName, mac: MACAddress, addresses: [IPAddress],
      linkLocalAddresses: [IPAddress] = []
    ) {
      self.port = port
      self.mac = mac
      self.addresses = addresses
      self.linkLocalAddresses = linkLocalAddresses
    }

    // The kernel has made it of the hardware address, which nobody else on the bridge has.
    fileprivate var automaticLinkLocalAddresses: [IPAddress] {
      addresses.contains { $0.family == .ipv6 } ? [mac.linkLocalAddress] : []
    }
  }

  /// The bridge of the network.
  public var bridge: InterfaceName
  /// Whether its containers may communicate with each other.
  public var allowsContainerTraffic: Bool
  /// What its containers may send as.
  public var portSecurity: PortSecurity
  /// The bridge's own addresses, which only containers and the host itself reach.
  public var gateways: [IPAddress]
  /// The addresses that the bridge is given, which no container may use.
  public var bridgeAddresses: [IPAddress]
  /// The hardware address that the bridge is given, unless it is adopted and keeps its own.
  public var bridgeMAC: MACAddress?
  /// Its traffic with the outside; nil for an internal network.
  public var outside: Outside?
  /// The families whose addresses and traffic are concerned.
  public var families: Set<AddressFamily>

  /// Nothing is allowed unless arguments say so.
  public init(
    bridge: InterfaceName, families: Set<AddressFamily> = Set(AddressFamily.allCases),
    allowsContainerTraffic: Bool = false,
    portSecurity: PortSecurity = .on, gateways: [IPAddress] = [],
    bridgeAddresses: [IPAddress] = [], bridgeMAC: MACAddress? = nil, outside: Outside? = nil
  ) {
    self.bridge = bridge
    self.families = families
    self.allowsContainerTraffic = allowsContainerTraffic
    self.portSecurity = portSecurity
    self.gateways = gateways
    self.bridgeAddresses = bridgeAddresses
    self.bridgeMAC = bridgeMAC
    self.outside = outside
  }

  /// What the firewall's sets and maps hold for it.
  public var elements: [FirewallElement] {
    allElements.filter { $0.family.map(families.contains) ?? true }
  }

  private var allElements: [FirewallElement] {
    var elements: [FirewallElement] = [.bridge(bridge), .intraNetwork(bridge)]
    if allowsContainerTraffic { elements.append(.interContainer(bridge)) }
    elements += gateways.map { .gateway($0) }
    if let bridgeMAC { elements.append(.router(bridge: bridge, bridgeMAC)) }
    switch portSecurity {
    case .off: break
    case .on: elements += bridgeAddresses.flatMap(takenElements)
    case .strict: elements += bridgeAddresses.flatMap(takenElements) + [.strictBridge(bridge)]
    }
    guard let outside else {
      return elements + [.internal(bridge)]
        + AddressFamily.allCases.map { .ingress($0, bridge, .drop) }
    }
    elements.append(.external(bridge))
    // Also for families that the network does not have.
    for family in AddressFamily.allCases {
      elements += self.elements(family, outside.policy(family))
    }
    return elements + outside.trustedInterfaces.map { .trusted(host: $0, bridge: bridge) }
  }

  /// What the firewall's sets hold for a container that also has addresses on other networks, which
  /// it may answer from: `addresses` are all of them.
  public func elements(
    for sender: Sender, with addresses: [IPAddress]
  ) -> [FirewallElement] {
    let automatic = sender.automaticLinkLocalAddresses
    let reserved =
      portSecurity == .off
      ? []
      : (sender.addresses + automatic).flatMap {
        takenElements($0) + [.exclusiveSource($0), .protectedNeighbor($0)]
      }
    return addresses.flatMap { sourceElements(sender, $0) } + reserved
      + automatic.map { .validSource(bridge: bridge, sender.mac, $0) }
      + (addresses + sender.linkLocalAddresses + automatic).flatMap { ownElements(sender, $0) }
      + (portSecurity == .off ? [] : [.port(sender.port)])
      + (portSecurity == .strict ? [.strictPort(sender.port)] : [])
  }

  // A sender's established connections leave before its hardware address is compared.
  private func sourceElements(_ sender: Sender, _ address: IPAddress) -> [FirewallElement] {
    let source = FirewallElement.validSource(bridge: bridge, sender.mac, address)
    guard outside != nil, portSecurity != .strict else { return [source] }
    return [source, .fastPathSource(bridge: bridge, address)]
  }

  private func ownElements(_ sender: Sender, _ address: IPAddress) -> [FirewallElement] {
    let own: [FirewallElement] = [
      .portAddress(port: sender.port, address),
      .neighborBinding(bridge: bridge, sender.mac, address),
    ]
    guard address.family == .ipv6 else { return own }
    return own + [
      .portTarget(port: sender.port, address),
      .neighborSolicitation(bridge: bridge, sender.mac, address),
    ]
  }

  private func takenElements(_ address: IPAddress) -> [FirewallElement] {
    address.family == .ipv6
      ? [.protectedAddress(address), .protectedTarget(address)] : [.protectedAddress(address)]
  }

  private func elements(
    _ family: AddressFamily, _ policy: FamilyPolicy
  ) -> [FirewallElement] {
    let incoming: FirewallElement =
      switch policy.reachability {
      case .publishedPorts: .ingress(family, bridge, .drop)
      case .routedPorts: .routed(family, bridge)
      case .everything: .ingress(family, bridge, .accept)
      }
    switch policy.sourceAddress {
    case .own: return [incoming]
    case .masquerade: return [incoming, .masquerade(family, bridge)]
    case .chosen(let address): return [incoming, .sourceAddress(bridge: bridge, address)]
    }
  }
}
