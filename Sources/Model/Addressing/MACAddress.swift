/// A hardware address of six bytes.
public struct MACAddress: Hashable, Comparable, Sendable {
  /// The address in the low 48 bits.
  private let value: UInt64

  /// Makes an address from six bytes in transmission order; nil for any other count.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 6 else { return nil }
    var value: UInt64 = 0
    for byte in bytes { value = value << 8 | UInt64(byte) }
    self.value = value
  }

  /// The address that Docker gives to an interface with this IPv4 address: `02:42` and its bytes.
  ///
  /// nil for an IPv6 address.
  public static func docker(for address: IPAddress) -> MACAddress? {
    guard address.family == .ipv4 else { return nil }
    return MACAddress(bytes: [0x02, 0x42] + address.bytes)
  }

  /// Orders by the bytes.
  public static func < (left: MACAddress, right: MACAddress) -> Bool { left.value < right.value }

  /// The six bytes in transmission order.
  public var bytes: [UInt8] {
    stride(from: 40, through: 0, by: -8).map { shift in
      UInt8(truncatingIfNeeded: value >> UInt64(shift))
    }
  }

  /// The link-local address that the kernel gives to an interface with this address, unless it is
  /// told otherwise (RFC 4291, appendix A).
  public var linkLocalAddress: IPAddress {
    let high = bytes[0] ^ 0x02
    let identifier = [high] + bytes[1..<3] + [0xff, 0xfe] + bytes[3...]
    return IPAddress(bytes: [0xfe, 0x80] + [UInt8](repeating: 0, count: 6) + identifier)!
  }

  /// Whether this is a multicast address, including broadcast.
  public var isMulticast: Bool { value >> 40 & 1 == 1 }

  /// Whether an interface can have it: it is neither a multicast address nor zero.
  public var isUnicast: Bool { !isMulticast && value != 0 }
}

extension MACAddress: CustomStringConvertible {
  /// Parses six bytes as Go's `net.ParseMAC` does; nil when malformed or of another length.
  ///
  /// Accepts `02:42:ac:11:00:02`, `02-42-ac-11-00-02` and `0242.ac11.0002`.
  public init?(_ text: String) {
    let characters = Array(text.utf8)
    let bytesPerField: Int
    let separator: UInt8
    switch characters.count {
    case 17 where characters[2] == UInt8(ascii: ":") || characters[2] == UInt8(ascii: "-"):
      (bytesPerField, separator) = (1, characters[2])
    case 14 where characters[4] == UInt8(ascii: "."):
      (bytesPerField, separator) = (2, characters[4])
    default:
      return nil
    }

    var value: UInt64 = 0
    for (index, character) in characters.enumerated() {
      if index % (bytesPerField * 2 + 1) == bytesPerField * 2 {
        guard character == separator else { return nil }
      } else {
        guard let digit = hexadecimalValue(of: character) else { return nil }
        value = value << 4 | UInt64(digit)
      }
    }
    self.value = value
  }

  /// The address as `02:42:ac:11:00:02`.
  public var description: String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
  }
}
