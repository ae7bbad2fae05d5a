import Addressing
import PacketProbe
import PacketTrace
import Testing

/// Packets as bytes, and which of them are a probe's.
struct PacketTests {
  private let form = PacketForm(
    source: IPAddress("10.9.0.2")!, destination: IPAddress("1.1.1.1")!, number: 6,
    sourcePort: 41841, destinationPort: 443)
  private let form6 = PacketForm(
    source: IPAddress("fd00:9::2")!, destination: IPAddress("2001:db8::1")!, number: 17,
    sourcePort: 4000, destinationPort: 53)

  // What the kernel sent for a packet of `nc 1.1.1.1 443` (NFT_MSG_TRACE, both headers).
  private let network: [UInt8] = [
    0x45, 0x00, 0x00, 0x3c, 0x7e, 0x1a, 0x40, 0x00, 0x40, 0x06, 0xb0, 0x95, 0x0a, 0x09, 0x00, 0x02,
    0x01, 0x01, 0x01, 0x01,
  ]
  private let transport: [UInt8] = [
    0xa3, 0x71, 0x01, 0xbb, 0x9c, 0x85, 0x0a, 0xf0, 0x00, 0x00, 0x00, 0x00, 0xa0, 0x02, 0xfa, 0xf0,
    0x0c, 0x3b, 0x00, 0x00,
  ]

  @Test func headersOfATraceEventAreRead() throws {
    let packet = try #require(ParsedPacket(network: network, transport: transport))

    #expect(packet.form == form)
    #expect(packet.sequence == 0x9c85_0af0)
    #expect(packet.flags == ParsedPacket.syn)
  }

  @Test(arguments: 0...39)
  func truncatedPacketsAreNotRead(_ length: Int) {
    let bytes = (network + transport).prefix(length)

    let packet = ParsedPacket(bytes)

    // A quoted segment may end after its sequence number.
    #expect((packet != nil) == (length >= 28))
    #expect(packet?.flags ?? 0 == (length >= 34 ? ParsedPacket.syn : 0))
  }

  @Test func builtPacketsAreReadAndHaveRightChecksums() throws {
    let segment = PacketBuilder.segment(form, sequence: 7, flags: ParsedPacket.reset)
    let datagram = PacketBuilder.datagram(form6, [1, 2, 3])

    let packet = try #require(ParsedPacket(segment[...]))
    #expect(packet.form == form)
    #expect(packet.sequence == 7)
    #expect(packet.flags == ParsedPacket.reset)
    #expect(sum(Array(segment.prefix(20))) == 0xffff)
    #expect(sum(pseudoHeader(form, 20) + segment.dropFirst(20)) == 0xffff)
    #expect(ParsedPacket(datagram[...])?.form == form6)
    #expect(sum(pseudoHeader(form6, 11) + datagram.dropFirst(40)) == 0xffff)
  }

  @Test func connectionsOfOthersToTheSamePlaceAreNotTheProbe() throws {
    var identity = ProbeIdentity(form)
    let probe = try packet(form, sequence: 100, flags: ParsedPacket.syn)
    let other = try packet(form, sequence: 101, flags: ParsedPacket.syn)
    var translated = form
    translated.source = IPAddress("192.0.2.2")!
    translated.sourcePort = 1024

    #expect(identity.classify(probe)?.direction == .probe)
    #expect(identity.classify(other) == nil)
    #expect(
      identity.classify(try packet(translated, sequence: 100, flags: ParsedPacket.syn))?.direction
        == .probe)
    #expect(
      identity.classify(try packet(translated, sequence: 102, flags: ParsedPacket.syn)) == nil)
  }

  @Test func answersAcknowledgeTheProbe() throws {
    var identity = ProbeIdentity(form, sequence: 100)
    let flags = ParsedPacket.syn | ParsedPacket.acknowledge

    var answer = try packet(form.reversed, sequence: 5, flags: flags)
    answer.acknowledgement = 101
    #expect(identity.classify(answer)?.answer == .positive)
    answer.acknowledgement = 102
    #expect(identity.classify(answer) == nil)
    answer.acknowledgement = 101
    answer.flags = ParsedPacket.reset | ParsedPacket.acknowledge
    #expect(identity.classify(answer)?.answer == .reset)
  }

  @Test func errorsQuoteTheProbe() throws {
    var identity = ProbeIdentity(form, sequence: 100)
    let quoted = PacketBuilder.segment(form, sequence: 100, flags: ParsedPacket.syn)
    let stranger = PacketBuilder.segment(form, sequence: 99, flags: ParsedPacket.syn)

    #expect(identity.classify(try error(about: quoted))?.direction == .answer)
    #expect(identity.classify(try error(about: stranger)) == nil)
  }

  @Test func datagramsAreKnownByTheirPayload() throws {
    let mark: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]
    var identity = ProbeIdentity(form6, mark: mark)
    var translated = form6
    translated.source = IPAddress("2001:db8::99")!

    let seen = try #require(ParsedPacket(PacketBuilder.datagram(translated, mark)[...]))
    let other = try #require(ParsedPacket(PacketBuilder.datagram(translated, [9, 9])[...]))
    let answer = try #require(ParsedPacket(PacketBuilder.datagram(translated.reversed, [])[...]))
    #expect(identity.classify(answer) == nil)
    #expect(identity.classify(other) == nil)
    #expect(identity.classify(seen)?.direction == .probe)
    #expect(identity.classify(answer)?.answer == .positive)
  }

  @Test func arpAndNeighborDiscoveryAreKnownByTheirTarget() {
    var identity = ProbeIdentity(
      PacketForm(
        source: IPAddress("10.9.0.2")!, destination: IPAddress("1.1.1.1")!, number: 6,
        sourcePort: 1, destinationPort: 2))
    identity.hops = [IPAddress("10.9.0.1")!, IPAddress("fd00:9::1")!]
    // A request for 10.9.0.1, as RFC 826 has it.
    let request: [UInt8] =
      [0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, 2, 10, 9, 0, 2, 0, 0, 0, 0, 0, 0, 10, 9, 0, 1]
    #expect(identity.isResolution(network: request, transport: []))
    #expect(!identity.isResolution(network: request.dropLast() + [9], transport: []))
    #expect(!identity.isResolution(network: request.dropLast(), transport: []))

    // A solicitation for fd00:9::1 (RFC 4861); the kernel reports its first 20 bytes.
    var header = [UInt8](repeating: 0, count: 40)
    (header[0], header[6]) = (0x60, 58)
    let solicitation = [135, 0, 0, 0, 0, 0, 0, 0] + IPAddress("fd00:9::1")!.bytes.prefix(12)
    #expect(identity.isResolution(network: header, transport: solicitation))
    #expect(!identity.isResolution(network: header, transport: Array(solicitation.dropLast())))
    #expect(!identity.isResolution(network: header, transport: [128] + solicitation.dropFirst()))
  }

  private func packet(
    _ form: PacketForm, sequence: UInt32, flags: UInt8
  ) throws -> ParsedPacket {
    try #require(ParsedPacket(PacketBuilder.segment(form, sequence: sequence, flags: flags)[...]))
  }

  /// An ICMP port unreachable message.
  private func error(about packet: [UInt8]) throws -> ParsedPacket {
    var bytes = network
    bytes[9] = 1
    return try #require(ParsedPacket((bytes + [3, 3, 0, 0, 0, 0, 0, 0] + packet.prefix(28))[...]))
  }

  private func pseudoHeader(_ form: PacketForm, _ length: UInt8) -> [UInt8] {
    form.source.bytes + form.destination.bytes + [0, 0, 0, length, 0, 0, 0, form.number]
  }

  /// The sum of 16-bit words in ones' complement (RFC 1071).
  private func sum(_ bytes: [UInt8]) -> Int {
    var total = 0
    for (index, byte) in bytes.enumerated() { total += Int(byte) << (index % 2 == 0 ? 8 : 0) }
    while total > 0xffff { total = total & 0xffff + total >> 16 }
    return total
  }
}
