package import Addressing

/// What netctl records about the host itself.
package struct HostRecord: Hashable, Sendable {
  /// The block from which automatic IPv6 subnets are cut: a random /48 of RFC 4193.
  package let localIPv6Block: IPPrefix
  /// The boot that the following members refer to.
  package var boot: String
  /// The number of the network namespace that is the host of these networks during that boot.
  package var namespace: UInt64
  /// The families whose forwarding netctl enabled during that boot.
  package var forwarding: Set<AddressFamily>
  /// Whether the networks have been restored during that boot.
  package var isRestored: Bool

  package init(
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
