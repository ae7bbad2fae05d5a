public import Addressing

/// The desired state of a network without its endpoints.
public struct DesiredNetwork: Hashable, Sendable {
  /// The bridge; nil for a network without a device.
  public var bridge: BridgeDevice?
  /// Its elements in netctl's nftables table.
  public var firewall: [FirewallElement]
  /// The families that it needs forwarding for.
  public var forwarding: Set<AddressFamily>

  package init(
    bridge: BridgeDevice? = nil, firewall: [FirewallElement] = [],
    forwarding: Set<AddressFamily> = []
  ) {
    self.bridge = bridge
    self.firewall = firewall
    self.forwarding = forwarding
  }
}
