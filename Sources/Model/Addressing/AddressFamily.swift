/// IPv4 or IPv6.
public enum AddressFamily: UInt8, Sendable, Hashable, CaseIterable, Comparable {
  /// 32-bit addresses.
  case ipv4
  /// 128-bit addresses.
  case ipv6

  /// The name, for people.
  public var name: String {
    switch self {
    case .ipv4: "IPv4"
    case .ipv6: "IPv6"
    }
  }

  /// The name in options, sysctls and records.
  public var keyword: String {
    switch self {
    case .ipv4: "ipv4"
    case .ipv6: "ipv6"
    }
  }

  /// The number of bits in an address.
  public var bitWidth: Int {
    switch self {
    case .ipv4: 32
    case .ipv6: 128
    }
  }

  /// Orders IPv4 before IPv6.
  public static func < (left: AddressFamily, right: AddressFamily) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The highest address as a number.
  var highest: UInt128 {
    switch self {
    case .ipv4: UInt128(UInt32.max)
    case .ipv6: .max
    }
  }
}
