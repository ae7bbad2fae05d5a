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
  /// The host's own namespace.
  public static let host = DriverName(rawValue: "host")
  /// Nothing but the loopback interface; Docker's network `none`.
  public static let null = DriverName(rawValue: "null")
}
