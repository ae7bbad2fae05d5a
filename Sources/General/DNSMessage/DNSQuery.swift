/// What is asked.
package struct DNSQuestion: Hashable, Sendable {
  /// The name, as the client spells it.
  package let name: DNSName
  /// The type of the wanted records.
  package let type: DNSRecordType
  /// The class; 1 is the Internet's.
  package let classNumber: UInt16

  package init(_ name: DNSName, _ type: DNSRecordType, classNumber: UInt16 = 1) {
    self.name = name
    self.type = type
    self.classNumber = classNumber
  }

  /// The same question in lower case.
  package var folded: DNSQuestion { DNSQuestion(name.folded, type, classNumber: classNumber) }

  static func read(
    _ message: [UInt8], at offset: inout Int
  ) throws(DNSFormatError) -> DNSQuestion {
    let name = try DNSName.read(message, at: &offset)
    guard offset + 4 <= message.count else { throw .truncated }
    defer { offset += 4 }
    return DNSQuestion(
      name, DNSRecordType(rawValue: message.word(at: offset)),
      classNumber: message.word(at: offset + 2))
  }

  /// Whether both ask the same, in whatever spelling.
  package func isSame(as other: DNSQuestion) -> Bool {
    type == other.type && classNumber == other.classNumber && name.isSame(as: other.name)
  }
}

/// The type of a record.
package struct DNSRecordType: Hashable, Sendable {
  package let rawValue: UInt16

  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// An IPv4 address.
  package static let a = DNSRecordType(rawValue: 1)
  /// The name of an address.
  package static let ptr = DNSRecordType(rawValue: 12)
  /// Where mail goes.
  package static let mx = DNSRecordType(rawValue: 15)
  /// A text.
  package static let txt = DNSRecordType(rawValue: 16)
  /// An IPv6 address.
  package static let aaaa = DNSRecordType(rawValue: 28)
  /// What EDNS adds to a message (RFC 6891).
  static let opt = DNSRecordType(rawValue: 41)
}

/// A query with one question.
package struct DNSQuery: Hashable, Sendable {
  /// The largest datagram for a client without EDNS (RFC 1035, 4.2.1), in bytes.
  package static let plainPayload = 512
  /// What is offered and used with EDNS: what fits into every path's packets.
  package static let largestPayload = 1232

  /// The header.
  package let header: DNSHeader
  /// The question.
  package let question: DNSQuestion
  /// The largest datagram that the client can receive, by EDNS; nil without.
  package let payload: Int?

  /// Takes a question, for tests and clients.
  package init(id: UInt16, _ question: DNSQuestion, payload: Int? = nil) {
    var header = DNSHeader(id: id)
    header.wantsRecursion = true
    self.init(header, question, payload: payload)
  }

  /// The same under another ID.
  package func withID(_ id: UInt16) -> DNSQuery {
    var header = header
    header.id = id
    return DNSQuery(header, question, payload: payload)
  }

  private init(_ header: DNSHeader, _ question: DNSQuestion, payload: Int?) {
    self.header = header
    self.question = question
    self.payload = payload
  }

  /// Reads a query. What follows the question matters only as far as it is EDNS.
  package init(_ message: [UInt8]) throws(DNSFormatError) {
    guard let header = DNSHeader(message) else { throw .truncated }
    guard header.counts.questions == 1 else { throw .questionCount }
    var offset = DNSHeader.size
    self.init(
      header, try DNSQuestion.read(message, at: &offset),
      payload: try Self.payload(message, header, at: &offset))
  }

  private static func payload(
    _ message: [UInt8], _ header: DNSHeader, at offset: inout Int
  ) throws(DNSFormatError) -> Int? {
    let before = Int(header.counts.answers) + Int(header.counts.authorities)
    for number in 0..<(before + Int(header.counts.additional)) {
      let record = try DNSRecord.read(message, at: &offset)
      if number >= before, record.type == .opt { return Int(record.classNumber) }
    }
    return nil
  }

  /// The message, with an EDNS record if a payload is given.
  package var bytes: [UInt8] {
    var header = header
    header.counts = DNSHeader.Counts(questions: 1, additional: payload == nil ? 0 : 1)
    var bytes = header.bytes
    bytes.append(question)
    if let payload { bytes.appendEDNS(payload: UInt16(clamping: payload)) }
    return bytes
  }
}

/// A record that follows the questions.
struct DNSRecord: Hashable {
  let name: DNSName
  let type: DNSRecordType
  let classNumber: UInt16
  /// How long it may be kept, in seconds.
  let lifetime: UInt32
  let data: [UInt8]

  static func read(_ message: [UInt8], at offset: inout Int) throws(DNSFormatError) -> DNSRecord {
    let question = try DNSQuestion.read(message, at: &offset)
    guard offset + 6 <= message.count else { throw .truncated }
    let lifetime =
      UInt32(message.word(at: offset)) << 16 | UInt32(message.word(at: offset + 2))
    let (start, length) = (offset + 6, Int(message.word(at: offset + 4)))
    guard start + length <= message.count else { throw .truncated }
    offset = start + length
    return DNSRecord(
      name: question.name, type: question.type, classNumber: question.classNumber,
      lifetime: lifetime, data: Array(message[start..<offset]))
  }
}
