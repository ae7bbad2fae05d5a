/// A transport protocol with ports; the raw value is its IP protocol number.
public enum Transport: UInt8, Hashable, Comparable, Sendable, CaseIterable {
  /// TCP.
  case tcp = 6
  /// UDP.
  case udp = 17
  /// SCTP.
  case sctp = 132

  /// The name as written after a port: `tcp`, `udp` or `sctp`.
  public var name: String {
    switch self {
    case .tcp: "tcp"
    case .udp: "udp"
    case .sctp: "sctp"
    }
  }

  /// Parses a lower-case name; nil for anything else.
  public init?(name: some StringProtocol) {
    guard let transport = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = transport
  }

  /// Orders by number.
  public static func < (left: Transport, right: Transport) -> Bool {
    left.rawValue < right.rawValue
  }
}
