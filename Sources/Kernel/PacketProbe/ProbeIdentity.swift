package import Addressing
package import PacketTrace

/// Tells the packets of one probe from all others, also behind address translation: by TCP's
/// sequence number, by the payload, and for answers without either by their ends.
package struct ProbeIdentity: Sendable {
  /// The initial sequence number; nil until the kernel has chosen it.
  package private(set) var sequence: UInt32? { didSet { hasLearned = true } }
  /// The start of the payload of a datagram or an echo request.
  let mark: [UInt8]
  private let first: PacketForm
  /// The forms in which the probe was seen.
  package private(set) var forms: Set<PacketForm> {
    didSet { if forms.count != oldValue.count { hasLearned = true } }
  }
  /// The addresses whose owners the probe and its answer must find by ARP or neighbour discovery.
  package var hops: Set<IPAddress> = []
  /// Whether more packets can be told since this was last reset.
  package var hasLearned = false

  /// Takes the probe as it is sent.
  package init(_ form: PacketForm, sequence: UInt32? = nil, mark: [UInt8] = []) {
    first = form
    forms = [form]
    self.sequence = sequence
    self.mark = mark
  }

  /// What a packet is; nil for one that is unrelated.
  package mutating func classify(
    _ packet: ParsedPacket
  ) -> (direction: TraceDirection, answer: AnswerKind?)? {
    if packet.isError { return quotes(packet) ? (.answer, .error(error(packet))) : nil }
    guard packet.form.number == first.number else { return nil }
    switch packet.form.number {
    case 6: return classifySegment(packet)
    case 17: return classifyDatagram(packet)
    default: return classifyEcho(packet)
    }
  }

  /// Whether a packet not yet recognized may turn out to be the probe's.
  package func mayRecognize(_ packet: ParsedPacket) -> Bool {
    if packet.isError {
      return packet.quoted.flatMap { ParsedPacket($0) }?.form.number == first.number
    }
    let ports = [packet.form.sourcePort, packet.form.destinationPort]
    return packet.form.number == first.number && ports.contains(first.sourcePort)
  }

  /// Whether the headers are those of an ARP message (RFC 826), or of a neighbour solicitation or
  /// advertisement (RFC 4861), about one of the hops.
  package func isResolution(network: [UInt8], transport: [UInt8]) -> Bool {
    if network.starts(with: Self.arpOfEthernet), network.count >= 28 {
      return hops.contains {
        network[24..<28].elementsEqual($0.bytes) || network[14..<18].elementsEqual($0.bytes)
      }
    }
    guard network.count >= 40, network[0] >> 4 == 6, network[6] == 58, transport.count >= 20,
      [135, 136].contains(transport[0])
    else { return false }
    // The kernel cuts off the end of the target.
    return hops.contains { transport[8..<20].elementsEqual($0.bytes.prefix(12)) }
  }

  private static let arpOfEthernet: [UInt8] = [0, 1, 8, 0, 6, 4]

  private mutating func classifySegment(
    _ packet: ParsedPacket
  ) -> (TraceDirection, AnswerKind?)? {
    let (syn, reset, acknowledge) = (
      ParsedPacket.syn, ParsedPacket.reset, ParsedPacket.acknowledge
    )
    if packet.flags & (syn | reset | acknowledge) == syn {
      if sequence == nil, packet.form == first { sequence = packet.sequence }
      guard packet.sequence == sequence else { return nil }
      forms.insert(packet.form)
      return (.probe, nil)
    }
    guard let sequence, packet.flags & acknowledge != 0, packet.flags & (syn | reset) != 0,
      packet.acknowledgement == sequence &+ 1, answers(packet.form)
    else { return nil }
    return (.answer, packet.flags & reset != 0 ? .reset : .positive)
  }

  private mutating func classifyDatagram(
    _ packet: ParsedPacket
  ) -> (TraceDirection, AnswerKind?)? {
    if forms.contains(packet.form.reversed) { return (.answer, .positive) }
    guard packet.payload.starts(with: mark), !mark.isEmpty || packet.form == first else {
      return nil
    }
    // A short mark, such as the identifier of a DNS query, is only unique for one server.
    guard packet.form.destinationPort == first.destinationPort || mark.count >= Self.uniqueLength
    else { return nil }
    forms.insert(packet.form)
    return (.probe, nil)
  }

  private mutating func classifyEcho(_ packet: ParsedPacket) -> (TraceDirection, AnswerKind?)? {
    guard packet.isEcho, packet.payload.starts(with: mark) else { return nil }
    if packet.isEchoReply { return (.answer, .positive) }
    forms.insert(packet.form)
    return (.probe, nil)
  }

  static let uniqueLength = 8

  /// Whether a form is the reverse of one of the probe's; not all forms are seen, so one end is
  /// enough for a segment whose acknowledgement fits.
  private func answers(_ form: PacketForm) -> Bool {
    forms.contains {
      $0.source == form.destination || $0.destination == form.source
        || $0.sourcePort == form.destinationPort || $0.destinationPort == form.sourcePort
    }
  }

  private func quotes(_ packet: ParsedPacket) -> Bool {
    guard let bytes = packet.quoted, let quoted = ParsedPacket(bytes) else { return false }
    guard quoted.form.number == first.number else { return false }
    return quoted.form.number == 6 ? quoted.sequence == sequence : forms.contains(quoted.form)
  }

  private func error(_ packet: ParsedPacket) -> ICMPError {
    let error = ICMPError(
      sender: packet.form.source, type: packet.icmpType, code: packet.icmpCode, mtu: nil)
    guard error.isTooBig else { return error }
    return ICMPError(
      sender: error.sender, type: error.type, code: error.code, mtu: packet.mtu)
  }
}
