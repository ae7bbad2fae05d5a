/// One of the two versions of the Internet Protocol.
public enum AddressFamily: UInt8, Sendable, Hashable, CaseIterable, Comparable {
  /// Addresses of 32 bits.
  case ipv4
  /// Addresses of 128 bits.
  case ipv6

  /// The number of bits of an address.
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
