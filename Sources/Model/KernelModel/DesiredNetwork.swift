public import Addressing

/// The desired state of a network without its endpoints.
public struct DesiredNetwork: Hashable, Sendable {
  /// The device; nil for a network without one, or on a link that is not netctl's to make.
  public var device: NetworkDevice?
  /// The link of the host that interfaces in containers are on, its device or one that is not
  /// netctl's to make; nil if they have host ends.
  public var parent: InterfaceName?
  /// What leads to other hosts; nil for a network of this host alone.
  public var tunnel: DesiredTunnel?
  /// What it requires of the firewall; nil for nothing.
  public var policy: NetworkPolicy?
  /// The families that it needs forwarding for.
  public var forwarding: Set<AddressFamily>

  package init(
    device: NetworkDevice? = nil, parent: InterfaceName? = nil, tunnel: DesiredTunnel? = nil,
    policy: NetworkPolicy? = nil, forwarding: Set<AddressFamily> = []
  ) {
    self.device = device
    self.tunnel = tunnel
    self.parent = parent
    self.policy = policy
    self.forwarding = forwarding
  }

  /// Its elements in netctl's nftables table.
  public var firewall: [FirewallElement] { policy?.elements ?? [] }

  /// The name of the link that stands for it on the host.
  public var hostLink: InterfaceName? { device?.name ?? parent }

  /// The link that the host has to have, so that netctl can make the others; nil for none.
  /// `hasLink` tells whether the host has a link of a name.
  public func missingLink<Failure: Error>(
    hasLink: (InterfaceName) throws(Failure) -> Bool
  ) throws(Failure) -> InterfaceName? {
    guard let parent, try !hasLink(parent) else { return nil }
    switch device?.kind {
    case .dummy?, .bridge?, .vxlan?: return nil
    case .vlan(_, let base)?: return try hasLink(base) ? nil : base
    case nil: return parent
    }
  }
}
