/// The name of a network driver. A record may name one that this netctl does not have.
public struct DriverName: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The name, as in `--driver`.
  public let rawValue: String

  /// Takes a name, known or not.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// The name.
  public var description: String { rawValue }

  /// A Linux bridge.
  public static let bridge = DriverName(rawValue: "bridge")
  /// Interfaces on a link of the host, each with a hardware address of its own.
  public static let macvlan = DriverName(rawValue: "macvlan")
  /// Interfaces on a link of the host that share its hardware address.
  public static let ipvlan = DriverName(rawValue: "ipvlan")
  /// A bridge on each host of a cluster, with tunnels between them.
  public static let overlay = DriverName(rawValue: "overlay")
  /// The host's own namespace.
  public static let host = DriverName(rawValue: "host")
  /// Nothing but the loopback interface; Docker's network `none`.
  public static let null = DriverName(rawValue: "null")
}
