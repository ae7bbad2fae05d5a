public import Addressing

/// What netctl remembers of the host itself.
public struct HostRecord: Hashable, Sendable {
  /// The block from which automatic IPv6 subnets are cut: a random /48 of RFC 4193.
  public let localIPv6Block: IPPrefix
  /// The boot of which the following speak.
  public var boot: String
  /// The number of the namespace that is the host of these networks in that boot.
  public var namespace: UInt64
  /// The families whose forwarding netctl switched on in that boot.
  public var forwarding: Set<AddressFamily>
  /// Whether the networks have been made again in that boot.
  public var isRestored: Bool

  /// Takes every member.
  public init(
    localIPv6Block: IPPrefix, boot: String, namespace: UInt64,
    forwarding: Set<AddressFamily> = [], isRestored: Bool
  ) {
    self.localIPv6Block = localIPv6Block
    self.boot = boot
    self.namespace = namespace
    self.forwarding = forwarding
    self.isRestored = isRestored
  }
}
