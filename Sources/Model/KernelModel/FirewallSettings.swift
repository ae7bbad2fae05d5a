/// What an administrator may change in netctl's nftables rules for the whole host.
public struct FirewallSettings: Hashable, Sendable {
  /// A mark of packets, compared under a mask.
  public struct Mark: Hashable, Sendable {
    /// The value.
    public let value: UInt32
    /// The bits that are compared.
    public let mask: UInt32

    package init(value: UInt32, mask: UInt32) {
      self.value = value & mask
      self.mask = mask
    }
  }

  /// Packets with this mark are accepted into networks; nil for none.
  public var acceptedMark: Mark?
  /// Whether published ports are reachable at containers' own addresses.
  public var allowsDirectRouting = false

  /// Docker's defaults.
  public init() {}
}
