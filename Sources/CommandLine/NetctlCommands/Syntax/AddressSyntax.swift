import Addressing

/// How addresses are typed on the command line.
enum AddressSyntax {
  /// An address; an IPv4-mapped IPv6 address is returned as IPv4.
  @Sendable
  static func address(_ text: String) -> IPAddress? {
    IPAddress(text)?.unmapped
  }

  /// A network as `address/length`, with host bits cleared; the length may have leading zeros.
  @Sendable
  static func network(_ text: String) -> IPPrefix? {
    guard let prefix = try? IPPrefix(parsing: droppingLeadingZerosOfLength(text)) else {
      return nil
    }
    let masked = prefix.masked
    let address = masked.address.unmapped
    if address.family == masked.family { return masked }
    return IPPrefix(address: address, length: masked.length - ipv4MappedLength)
  }

  private static let ipv4MappedLength = 96

  private static func droppingLeadingZerosOfLength(_ text: String) -> String {
    guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) else { return text }
    let length = text.utf8[slash...].dropFirst()
    let significant = length.drop { $0 == UInt8(ascii: "0") }
    return String(text[...slash] + Substring(significant.isEmpty ? length.suffix(1) : significant))
  }
}
