/// An IPv4 or IPv6 address without a zone.
///
/// An IPv4-mapped address (`::ffff:1.2.3.4`) stays an IPv6 address.
public struct IPAddress: Hashable, Sendable {
  /// The address family.
  public let family: AddressFamily
  /// The address as a number; an IPv4 address fills the low 32 bits.
  public let value: UInt128

  /// Makes an address from a number; nil when an IPv4 number does not fit 32 bits.
  public init?(family: AddressFamily, value: UInt128) {
    guard value <= family.highest else { return nil }
    self.init(unchecked: value, family: family)
  }

  /// Makes an IPv4 address from a number in host byte order.
  public init(ipv4 value: UInt32) {
    self.init(unchecked: UInt128(value), family: .ipv4)
  }

  /// Makes an address from 4 or 16 bytes in network order; nil for any other count.
  public init?(bytes: some Collection<UInt8>) {
    let count = bytes.count
    guard count == 4 || count == 16 else { return nil }
    var value: UInt128 = 0
    for byte in bytes { value = value << 8 | UInt128(byte) }
    self.init(unchecked: value, family: count == 4 ? .ipv4 : .ipv6)
  }

  init(unchecked value: UInt128, family: AddressFamily) {
    self.family = family
    self.value = value
  }

  /// The address in network order, 4 or 16 bytes.
  public var bytes: [UInt8] {
    stride(from: family.bitWidth - 8, through: 0, by: -8).map { shift in
      UInt8(truncatingIfNeeded: value >> UInt128(shift))
    }
  }

  /// Whether this is `0.0.0.0` or `::`.
  public var isUnspecified: Bool { value == 0 }

  /// Whether this is in `127.0.0.0/8` (also IPv4-mapped) or equals `::1`.
  public var isLoopback: Bool {
    if let mapped = ipv4Value { return mapped >> 24 == 127 }
    return value == 1
  }

  /// Whether this is in `224.0.0.0/4` (also IPv4-mapped) or `ff00::/8`.
  public var isMulticast: Bool {
    if let mapped = ipv4Value { return mapped >> 28 == 0xe }
    return value >> 120 == 0xff
  }

  /// Whether this is in `169.254.0.0/16` (also IPv4-mapped) or `fe80::/10`.
  public var isLinkLocalUnicast: Bool {
    if let mapped = ipv4Value { return mapped >> 16 == 0xa9fe }
    return value >> 118 == 0xfe80 >> 6
  }

  /// Whether this is in one of the blocks for private use: `10.0.0.0/8`, `172.16.0.0/12`,
  /// `192.168.0.0/16` (also IPv4-mapped) or `fc00::/7`.
  public var isPrivate: Bool {
    guard let mapped = ipv4Value else { return value >> 121 == 0xfc >> 1 }
    return mapped >> 24 == 10 || mapped >> 20 == 0xac1 || mapped >> 16 == 0xc0a8
  }

  /// Whether this is a global unicast address in Go's wide sense: neither unspecified, loopback,
  /// multicast, link-local nor the IPv4 broadcast address.
  public var isGlobalUnicast: Bool {
    !isUnspecified && !isLoopback && !isMulticast && !isLinkLocalUnicast && ipv4Value != .max
      && ipv4Value != 0
  }

  /// The IPv4 address of an IPv4-mapped one; any other address unchanged.
  public var unmapped: IPAddress { ipv4Value.map(IPAddress.init(ipv4:)) ?? self }

  /// The address at this distance after this one; nil beyond the end of the address space.
  public func advanced(by distance: Int) -> IPAddress? {
    let magnitude = UInt128(distance.magnitude)
    let (sum, overflow) =
      distance < 0
      ? value.subtractingReportingOverflow(magnitude) : value.addingReportingOverflow(magnitude)
    return overflow ? nil : IPAddress(family: family, value: sum)
  }

  /// The 32 bits of an IPv4 or IPv4-mapped address.
  private var ipv4Value: UInt32? {
    guard family == .ipv4 || isIPv4Mapped else { return nil }
    return UInt32(truncatingIfNeeded: value)
  }

  /// Whether this is in `::ffff:0:0/96`.
  public var isIPv4Mapped: Bool { family == .ipv6 && value >> 32 == 0xffff }
}

extension IPAddress: Comparable {
  /// Orders IPv4 before IPv6, then by number.
  public static func < (left: IPAddress, right: IPAddress) -> Bool {
    (left.family, left.value) < (right.family, right.value)
  }
}
