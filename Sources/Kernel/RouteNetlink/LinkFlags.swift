/// The flags of an interface (netdevice(7)).
package struct LinkFlags: OptionSet, Hashable, Sendable {
  /// The bits as the kernel holds them. Glibc and the kernel's headers both define them as IFF_*,
  /// with different types.
  package let rawValue: UInt32

  /// Wraps the kernel's bits.
  package init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// IFF_UP: administratively up.
  package static let up = LinkFlags(rawValue: 1 << 0)
  /// IFF_BROADCAST.
  package static let broadcast = LinkFlags(rawValue: 1 << 1)
  /// IFF_LOOPBACK.
  package static let loopback = LinkFlags(rawValue: 1 << 3)
}
