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

  /// The bridge of the network.
  public var bridge: InterfaceName
  /// Whether its containers may communicate with each other.
  public var allowsContainerTraffic: Bool
  /// The bridge's own addresses, which only containers and the host itself reach.
  public var gateways: [IPAddress]
  /// Its traffic with the outside; nil for an internal network.
  public var outside: Outside?

  /// Nothing is allowed unless arguments say so.
  public init(
    bridge: InterfaceName, allowsContainerTraffic: Bool = false, gateways: [IPAddress] = [],
    outside: Outside? = nil
  ) {
    self.bridge = bridge
    self.allowsContainerTraffic = allowsContainerTraffic
    self.gateways = gateways
    self.outside = outside
  }

  /// What the firewall's sets and maps hold for it.
  public var elements: [FirewallElement] {
    var elements: [FirewallElement] = [.bridge(bridge), .intraNetwork(bridge)]
    if allowsContainerTraffic { elements.append(.interContainer(bridge)) }
    elements += gateways.map { .gateway($0) }
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

  /// What the firewall's sets hold for containers that send with these addresses.
  public func elements(forSendersWith addresses: [IPAddress]) -> [FirewallElement] {
    let sources = addresses.map { FirewallElement.source(bridge: bridge, $0) }
    guard outside != nil else { return sources }
    return sources + addresses.map { .sender(bridge: bridge, $0) }
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
