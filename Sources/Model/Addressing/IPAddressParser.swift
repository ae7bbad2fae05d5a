/// Parses one address; the order of the checks determines which error is reported.
struct IPAddressParser {
  private let text: [UInt8]
  private var position = 0

  init(_ text: String) {
    self.text = Array(text.utf8)
  }

  mutating func parse() throws(IPAddressError) -> IPAddress {
    for byte in text {
      switch byte {
      case UInt8(ascii: "."): return IPAddress(ipv4: try parseIPv4(until: text.count))
      case UInt8(ascii: ":"): return try parseIPv6()
      case UInt8(ascii: "%"): throw .missingIPv6Address
      default: continue
      }
    }
    throw .unrecognized
  }

  /// Parses four decimal numbers that end exactly at `end`.
  private func parseIPv4(until end: Int) throws(IPAddressError) -> UInt32 {
    var address: UInt32 = 0
    var field: UInt32 = 0
    var fields = 0
    var digits = 0
    for index in position..<end {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        guard digits != 1 || field != 0 else { throw .ipv4LeadingZero }
        field = field * 10 + UInt32(byte - UInt8(ascii: "0"))
        digits += 1
        guard field <= 255 else { throw .ipv4FieldTooLarge }
      case UInt8(ascii: "."):
        guard digits > 0, index + 1 < end else {
          throw .ipv4EmptyField(at: rest(from: index, to: end))
        }
        guard fields < 3 else { throw .ipv4TooLong }
        address = address << 8 | field
        fields += 1
        field = 0
        digits = 0
      default:
        throw .ipv4UnexpectedCharacter(at: rest(from: index, to: end))
      }
    }
    guard fields == 3 else { throw .ipv4TooShort }
    return address << 8 | field
  }

  private mutating func parseIPv6() throws(IPAddressError) -> IPAddress {
    guard let end = text.firstIndex(of: UInt8(ascii: "%")) else {
      return try parseGroups(until: text.count)
    }
    guard end + 1 < text.count else { throw .emptyZone }
    _ = try parseGroups(until: end)
    throw .zone(rest(from: end + 1, to: text.count))
  }

  private mutating func parseGroups(until end: Int) throws(IPAddressError) -> IPAddress {
    var address: UInt128 = 0
    var bytes = 0
    var ellipsis: Int?

    if text[..<end].starts(with: [UInt8(ascii: ":"), UInt8(ascii: ":")]) {
      ellipsis = 0
      position = 2
      if position == end { return IPAddress(unchecked: 0, family: .ipv6) }
    }

    while bytes < 16 {
      let start = position
      let group = try parseGroup(until: end)
      if position < end, text[position] == UInt8(ascii: ".") {
        position = start
        guard ellipsis != nil || bytes == 12 else {
          throw .embeddedIPv4Misplaced(at: rest(from: start, to: end))
        }
        guard bytes <= 12 else { throw .embeddedIPv4DoesNotFit(at: rest(from: start, to: end)) }
        address = address << 32 | UInt128(try parseIPv4(until: end))
        bytes += 4
        position = end
        break
      }
      address = address << 16 | UInt128(group)
      bytes += 2
      if position == end { break }

      guard text[position] == UInt8(ascii: ":") else {
        throw .missingColon(at: rest(from: position, to: end))
      }
      guard position + 1 < end else { throw .trailingColon(at: rest(from: position, to: end)) }
      position += 1
      if text[position] == UInt8(ascii: ":") {
        guard ellipsis == nil else { throw .multipleEllipses(at: rest(from: position, to: end)) }
        ellipsis = bytes
        position += 1
        if position == end { break }
      }
    }

    guard position == end else { throw .trailingText(at: rest(from: position, to: end)) }
    guard bytes < 16 else {
      guard ellipsis == nil else { throw .emptyEllipsis }
      return IPAddress(unchecked: address, family: .ipv6)
    }
    guard let ellipsis else { throw .ipv6TooShort }
    return IPAddress(unchecked: widen(address, of: bytes, at: ellipsis), family: .ipv6)
  }

  /// Parses up to four hexadecimal digits.
  private mutating func parseGroup(until end: Int) throws(IPAddressError) -> UInt16 {
    let start = position
    var group: UInt16 = 0
    while position < end, let digit = hexadecimalValue(of: text[position]) {
      guard position - start < 4 else { throw .groupTooLong(at: rest(from: start, to: end)) }
      group = group << 4 | UInt16(digit)
      position += 1
    }
    guard position > start else { throw .emptyGroup(at: rest(from: start, to: end)) }
    return group
  }

  /// Inserts zero bytes after the first `offset` bytes of an address shorter than 16 bytes.
  private func widen(_ address: UInt128, of count: Int, at offset: Int) -> UInt128 {
    let tailBits = UInt128(count - offset) * 8
    let tail = address & (1 << tailBits &- 1)
    let head = (address >> tailBits) << UInt128(128 - offset * 8)
    return head | tail
  }

  private func rest(from start: Int, to end: Int) -> String {
    String(decoding: text[start..<end], as: UTF8.self)
  }
}

/// The value of a hexadecimal digit in ASCII.
func hexadecimalValue(of byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}
