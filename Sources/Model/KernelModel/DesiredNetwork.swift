public import Addressing

/// The desired state of a network without its endpoints.
public struct DesiredNetwork: Hashable, Sendable {
  /// The bridge; nil for a network without a device.
  public var bridge: BridgeDevice?
  /// What it requires of the firewall; nil for a network without a device.
  public var policy: NetworkPolicy?
  /// The families that it needs forwarding for.
  public var forwarding: Set<AddressFamily>

  package init(
    bridge: BridgeDevice? = nil, policy: NetworkPolicy? = nil,
    forwarding: Set<AddressFamily> = []
  ) {
    self.bridge = bridge
    self.policy = policy
    self.forwarding = forwarding
  }

  /// Its elements in netctl's nftables table.
  public var firewall: [FirewallElement] { policy?.elements ?? [] }
}
