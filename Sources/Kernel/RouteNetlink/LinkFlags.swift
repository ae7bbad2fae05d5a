/// The raw bits.
package struct LinkFlags: OptionSet, Hashable, Sendable {
  /// The bits as the kernel holds them.
  package let rawValue: UInt32

  /// Wraps the kernel's bits.
  package init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  // Glibc and the kernel's headers both define IFF_*, with different types.
  /// IFF_UP: administratively up.
  package static let up = LinkFlags(rawValue: 1 << 0)
  /// IFF_BROADCAST.
  package static let broadcast = LinkFlags(rawValue: 1 << 1)
  /// IFF_LOOPBACK.
  package static let loopback = LinkFlags(rawValue: 1 << 3)
}
