public import Addressing

/// The desired state of a network without its endpoints.
public struct DesiredNetwork: Hashable, Sendable {
  /// The device; nil for a network without one, or on a link that is not netctl's to make.
  public var device: NetworkDevice?
  /// What it requires of the firewall; nil for nothing.
  public var policy: NetworkPolicy?
  /// The families that it needs forwarding for.
  public var forwarding: Set<AddressFamily>

  package init(
    device: NetworkDevice? = nil, policy: NetworkPolicy? = nil,
    forwarding: Set<AddressFamily> = []
  ) {
    self.device = device
    self.policy = policy
    self.forwarding = forwarding
  }

  /// Its elements in netctl's nftables table.
  public var firewall: [FirewallElement] { policy?.elements ?? [] }
}
