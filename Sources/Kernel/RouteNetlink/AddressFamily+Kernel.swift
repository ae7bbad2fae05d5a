package import Addressing

extension AddressFamily {
  init?(number: UInt8) {
    switch number {
    case Family.ipv4: self = .ipv4
    case Family.ipv6: self = .ipv6
    default: return nil
    }
  }

  var number: UInt8 {
    switch self {
    case .ipv4: Family.ipv4
    case .ipv6: Family.ipv6
    }
  }

  /// The metric of routes created without one.
  var defaultMetric: UInt32 {
    switch self {
    case .ipv4: 0
    case .ipv6: 1024
    }
  }
}

extension IPPrefix {
  /// The destination of the default route.
  static func everything(_ family: AddressFamily) -> IPPrefix {
    let zeros = repeatElement(UInt8(0), count: family.bitWidth / 8)
    guard let address = IPAddress(bytes: zeros), let prefix = IPPrefix(address: address, length: 0)
    else { preconditionFailure("an address of the family's own width exists") }
    return prefix
  }

  /// The prefix of a single address (/32 or /128).
  init(host address: IPAddress) {
    guard let prefix = IPPrefix(address: address, length: address.family.bitWidth) else {
      preconditionFailure("an address has as many bits as its family")
    }
    self = prefix
  }

  /// The IPv6 link-local prefix, fe80::/64 (RFC 4291).
  package static var linkLocal6: IPPrefix {
    guard let address = IPAddress(family: .ipv6, value: 0xfe80 << 112),
      let prefix = IPPrefix(address: address, length: 64)
    else { preconditionFailure("an IPv6 address has 128 bits") }
    return prefix
  }

  /// The IPv6 loopback address, which no route leads to a bridge unless netctl added it.
  static var loopback6: IPPrefix {
    guard let address = IPAddress(family: .ipv6, value: 1),
      let prefix = IPPrefix(address: address, length: 128)
    else { preconditionFailure("an IPv6 address has 128 bits") }
    return prefix
  }
}
