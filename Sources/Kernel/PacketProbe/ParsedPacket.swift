import Addressing
package import PacketTrace

/// The headers of an IP packet, as far as a trace needs them.
package struct ParsedPacket: Hashable, Sendable {
  package var form: PacketForm
  /// TCP only.
  package var sequence: UInt32 = 0
  package var acknowledgement: UInt32 = 0
  package var flags: UInt8 = 0
  /// ICMP only.
  package var icmpType: UInt8 = 0
  package var icmpCode: UInt8 = 0
  package var mtu: UInt32 = 0
  /// What follows the header of UDP or of an echo.
  package var payload: ArraySlice<UInt8> = []
  /// The start of the packet that an ICMP error is about.
  package var quoted: ArraySlice<UInt8>?

  package static let syn: UInt8 = 0x02
  package static let reset: UInt8 = 0x04
  package static let acknowledge: UInt8 = 0x10

  /// Parses a packet that starts with its IP header; nil if it is too short, a later fragment, or
  /// of another protocol.
  package init?(_ bytes: ArraySlice<UInt8>) {
    guard let first = bytes.first else { return nil }
    switch first >> 4 {
    case 4: self.init(ipv4: bytes)
    case 6: self.init(ipv6: bytes)
    default: return nil
    }
  }

  /// Parses the two headers of a trace event.
  package init?(network: [UInt8], transport: [UInt8]) {
    guard let first = network.first else { return nil }
    // Options and extension headers may have been cut off.
    let length = first >> 4 == 4 ? 20 : 40
    guard network.count >= length else { return nil }
    var header = Array(network.prefix(length))
    if first >> 4 == 4 { header[0] = 0x45 }
    self.init((header + transport)[...])
  }

  private init?(ipv4 bytes: ArraySlice<UInt8>) {
    let length = Int((bytes.first ?? 0) & 0xf) * 4
    guard length >= 20, bytes.count >= length, bytes.short(6) & 0x1fff == 0,
      let source = IPAddress(bytes: bytes.part(12, 4)),
      let destination = IPAddress(bytes: bytes.part(16, 4))
    else { return nil }
    self.init(source, destination, number: bytes.byte(9), bytes.dropFirst(length))
  }

  private init?(ipv6 bytes: ArraySlice<UInt8>) {
    guard bytes.count >= 40, let source = IPAddress(bytes: bytes.part(8, 16)),
      let destination = IPAddress(bytes: bytes.part(24, 16))
    else { return nil }
    self.init(source, destination, number: bytes.byte(6), bytes.dropFirst(40))
  }

  private init?(
    _ source: IPAddress, _ destination: IPAddress, number: UInt8, _ body: ArraySlice<UInt8>
  ) {
    form = PacketForm(
      source: source, destination: destination, number: number, sourcePort: 0, destinationPort: 0)
    switch number {
    case 6:
      guard body.count >= 8 else { return nil }
      readPorts(body)
      sequence = body.number(4)
      // A quoted segment may end here (RFC 792).
      guard body.count >= 14 else { return }
      acknowledgement = body.number(8)
      flags = body.byte(13)
    case 17:
      guard body.count >= 8 else { return nil }
      readPorts(body)
      payload = body.dropFirst(8)
    case 1, 58:
      guard body.count >= 8 else { return nil }
      (icmpType, icmpCode) = (body.byte(0), body.byte(1))
      if isEcho {
        form.sourcePort = body.short(4)
        form.destinationPort = form.sourcePort
        payload = body.dropFirst(8)
      } else {
        mtu = number == 1 ? UInt32(body.short(6)) : body.number(4)
        quoted = body.dropFirst(8)
      }
    default: return nil
    }
  }

  private mutating func readPorts(_ body: ArraySlice<UInt8>) {
    (form.sourcePort, form.destinationPort) = (body.short(0), body.short(2))
  }

  /// Whether it is an echo request or reply.
  package var isEcho: Bool { isEchoRequest || isEchoReply }

  package var isEchoRequest: Bool {
    form.number == 1 && icmpType == 8 || form.number == 58 && icmpType == 128
  }

  package var isEchoReply: Bool {
    form.number == 1 && icmpType == 0 || form.number == 58 && icmpType == 129
  }

  /// Whether it is an ICMP error (RFC 792, RFC 4443). A redirect is none: the packet went on.
  package var isError: Bool {
    form.number == 1 ? [3, 4, 11, 12].contains(icmpType) : form.number == 58 && icmpType < 128
  }
}

extension ArraySlice<UInt8> {
  func byte(_ offset: Int) -> UInt8 { self[startIndex + offset] }
  func part(_ offset: Int, _ count: Int) -> ArraySlice<UInt8> {
    self[(startIndex + offset)..<(startIndex + offset + count)]
  }
  func short(_ offset: Int) -> UInt16 { UInt16(byte(offset)) << 8 | UInt16(byte(offset + 1)) }
  func number(_ offset: Int) -> UInt32 {
    UInt32(short(offset)) << 16 | UInt32(short(offset + 2))
  }
}
