public import Addressing

/// What the kernel should hold for a network, its endpoints left out.
public struct DesiredNetwork: Hashable, Sendable {
  /// The bridge; nil for a network without a device.
  public var bridge: BridgeDevice?
  /// Its elements in netctl's nftables table.
  public var firewall: [FirewallElement]
  /// The families whose forwarding it needs.
  public var forwarding: Set<AddressFamily>

  /// Takes every member.
  public init(
    bridge: BridgeDevice? = nil, firewall: [FirewallElement] = [],
    forwarding: Set<AddressFamily> = []
  ) {
    self.bridge = bridge
    self.firewall = firewall
    self.forwarding = forwarding
  }
}
