/// The flags of a network interface.
public struct LinkFlags: OptionSet, Hashable, Sendable {
  /// The bits as the kernel holds them.
  public let rawValue: UInt32

  /// Wraps the kernel's bits.
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  // Glibc and the kernel's headers both define IFF_*, under different types.
  /// The administrator wants the link to work.
  public static let up = LinkFlags(rawValue: 1 << 0)
  /// The link sends to all stations.
  public static let broadcast = LinkFlags(rawValue: 1 << 1)
  /// The link leads back to this host.
  public static let loopback = LinkFlags(rawValue: 1 << 3)
}
