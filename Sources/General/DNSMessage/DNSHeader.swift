/// The first twelve bytes of a message (RFC 1035, 4.1.1).
package struct DNSHeader: Hashable, Sendable {
  /// Their number.
  package static let size = 12

  /// What pairs a reply with its query.
  package var id: UInt16
  fileprivate var flags: UInt16
  /// The numbers of questions, answers, authorities and additional records.
  var counts: Counts

  struct Counts: Hashable, Sendable {
    var questions: UInt16 = 0
    var answers: UInt16 = 0
    var authorities: UInt16 = 0
    var additional: UInt16 = 0
  }

  /// Takes an identity; no flag is set, and nothing follows.
  package init(id: UInt16) {
    self.id = id
    flags = 0
    counts = Counts()
  }

  /// Reads a message's header; nil if it has fewer bytes.
  package init?(_ message: [UInt8]) {
    guard message.count >= Self.size else { return nil }
    id = message.word(at: 0)
    flags = message.word(at: 2)
    counts = Counts(
      questions: message.word(at: 4), answers: message.word(at: 6),
      authorities: message.word(at: 8), additional: message.word(at: 10))
  }

  /// What a flag of one bit says.
  private subscript(_ mask: UInt16) -> Bool {
    get { flags & mask != 0 }
    set { flags = newValue ? flags | mask : flags & ~mask }
  }

  /// QR: it answers a query.
  package var isReply: Bool {
    get { self[0x8000] }
    set { self[0x8000] = newValue }
  }
  /// TC: answers were left out, because a datagram has no room for them.
  package var isTruncated: Bool {
    get { self[0x0200] }
    set { self[0x0200] = newValue }
  }
  /// RD: the client wants more than the server knows itself.
  package var wantsRecursion: Bool {
    get { self[0x0100] }
    set { self[0x0100] = newValue }
  }
  /// RA: the server asks others.
  package var offersRecursion: Bool {
    get { self[0x0080] }
    set { self[0x0080] = newValue }
  }
  /// CD: the client verifies signatures itself.
  package var refusesVerification: Bool {
    get { self[0x0010] }
    set { self[0x0010] = newValue }
  }
  /// What kind of query it is; 0 is the common one.
  package var operation: UInt8 {
    get { UInt8(flags >> 11 & 0xf) }
    set { flags = flags & ~0x7800 | UInt16(newValue & 0xf) << 11 }
  }
  /// RCODE: whether it failed.
  package var code: DNSResponseCode {
    get { DNSResponseCode(rawValue: UInt8(flags & 0xf)) }
    set { flags = flags & ~0xf | UInt16(newValue.rawValue) }
  }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.size)
    bytes.append(self)
    return bytes
  }
}

/// Whether a query failed, and how (RFC 1035, 4.1.1).
package struct DNSResponseCode: Hashable, Sendable {
  package let rawValue: UInt8

  package static let success = DNSResponseCode(rawValue: 0)
  /// The server does not understand the query.
  package static let formatError = DNSResponseCode(rawValue: 1)
  /// The server could not find out.
  package static let serverFailure = DNSResponseCode(rawValue: 2)
  /// NXDOMAIN: there is no such name.
  package static let noSuchName = DNSResponseCode(rawValue: 3)
  /// The server does not know this kind of query.
  package static let notImplemented = DNSResponseCode(rawValue: 4)
  /// The server does not want to answer.
  package static let refused = DNSResponseCode(rawValue: 5)
}

extension [UInt8] {
  /// The two bytes at an offset, which has to be checked before.
  func word(at offset: Int) -> UInt16 { UInt16(self[offset]) << 8 | UInt16(self[offset + 1]) }
}

/// Fields of messages, in network order.
extension [UInt8] {
  mutating func append(_ header: DNSHeader) {
    append(word: header.id)
    append(word: header.flags)
    append(word: header.counts.questions)
    append(word: header.counts.answers)
    append(word: header.counts.authorities)
    append(word: header.counts.additional)
  }

  mutating func append(_ question: DNSQuestion) {
    append(contentsOf: question.name.bytes)
    append(word: question.type.rawValue)
    append(word: question.classNumber)
  }

  /// A record, whose name is given as its bytes.
  mutating func append(
    named name: [UInt8], _ type: DNSRecordType, classNumber: UInt16, lifetime: UInt32,
    _ data: [UInt8]
  ) {
    append(contentsOf: name)
    append(word: type.rawValue)
    append(word: classNumber)
    append(word: UInt16(truncatingIfNeeded: lifetime >> 16))
    append(word: UInt16(truncatingIfNeeded: lifetime))
    append(word: UInt16(data.count))
    append(contentsOf: data)
  }

  /// The record by which a message says that its sender speaks EDNS (RFC 6891, 6.1.2).
  mutating func appendEDNS(payload: UInt16) {
    append(named: DNSName.root.bytes, .opt, classNumber: payload, lifetime: 0, [])
  }

  private mutating func append(word: UInt16) {
    append(UInt8(word >> 8))
    append(UInt8(truncatingIfNeeded: word))
  }
}
