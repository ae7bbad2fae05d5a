package import Addressing
package import PacketTrace

/// Packets as bytes.
package enum PacketBuilder {
  /// A TCP segment without data.
  package static func segment(_ form: PacketForm, sequence: UInt32, flags: UInt8) -> [UInt8] {
    var body = form.sourcePort.bigEndianBytes + form.destinationPort.bigEndianBytes
    body += sequence.bigEndianBytes + [0, 0, 0, 0]
    // Without options, five words.
    body += [5 << 4, flags] + UInt16(64240).bigEndianBytes + [0, 0, 0, 0]
    return packet(form, body, checksumAt: 16)
  }

  package static func datagram(_ form: PacketForm, _ payload: [UInt8]) -> [UInt8] {
    var body = form.sourcePort.bigEndianBytes + form.destinationPort.bigEndianBytes
    body += UInt16(8 + payload.count).bigEndianBytes + [0, 0]
    return packet(form, body + payload, checksumAt: 6)
  }

  /// An echo request; for IPv6 the kernel fills in the checksum.
  package static func echo(
    _ family: AddressFamily, identifier: UInt16, _ payload: [UInt8]
  ) -> [UInt8] {
    var body: [UInt8] = [family == .ipv4 ? 8 : 128, 0, 0, 0]
    body += identifier.bigEndianBytes + [0, 1] + payload
    if family == .ipv4 { body.write(checksum(body), at: 2) }
    return body
  }

  /// An Ethernet frame.
  package static func frame(to: MACAddress, from: MACAddress, _ packet: [UInt8]) -> [UInt8] {
    let type: UInt16 = packet.first.map { $0 >> 4 == 4 } == true ? 0x0800 : 0x86dd
    let frame = to.bytes + from.bytes + type.bigEndianBytes + packet
    // The shortest frame that Ethernet allows.
    return frame + [UInt8](repeating: 0, count: max(0, 60 - frame.count))
  }

  private static func packet(_ form: PacketForm, _ body: [UInt8], checksumAt: Int) -> [UInt8] {
    let (source, destination) = (form.source.bytes, form.destination.bytes)
    let pseudoHeader =
      source + destination + UInt32(body.count).bigEndianBytes + [0, 0, 0, form.number]
    var body = body
    body.write(checksum(pseudoHeader + body), at: checksumAt)
    switch form.family {
    case .ipv4:
      var header: [UInt8] = [0x45, 0] + UInt16(20 + body.count).bigEndianBytes
      header += [0, 0, 0x40, 0, 64, form.number, 0, 0] + source + destination
      header.write(checksum(header), at: 10)
      return header + body
    case .ipv6:
      return [0x60, 0, 0, 0] + UInt16(body.count).bigEndianBytes + [form.number, 64] + source
        + destination + body
    }
  }

  /// The Internet checksum (RFC 1071).
  private static func checksum(_ bytes: [UInt8]) -> UInt16 {
    var sum: UInt32 = 0
    for index in stride(from: 0, to: bytes.count, by: 2) {
      let low = index + 1 < bytes.count ? bytes[index + 1] : 0
      sum += UInt32(bytes[index]) << 8 | UInt32(low)
    }
    while sum >> 16 != 0 { sum = sum & 0xffff + sum >> 16 }
    return ~UInt16(truncatingIfNeeded: sum)
  }
}

extension FixedWidthInteger {
  var bigEndianBytes: [UInt8] {
    stride(from: bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> $0) }
  }
}

extension [UInt8] {
  fileprivate mutating func write(_ value: UInt16, at offset: Int) {
    self[offset] = UInt8(value >> 8)
    self[offset + 1] = UInt8(value & 0xff)
  }
}
