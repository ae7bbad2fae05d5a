/// A reply to a query.
package struct DNSReply: Hashable, Sendable {
  /// The data of a record that answers a question about its name.
  package enum Answer: Hashable, Sendable {
    /// The bytes of an address.
    case address([UInt8])
    /// A name.
    case name(DNSName)

    fileprivate var data: [UInt8] {
      switch self {
      case .address(let bytes): bytes
      case .name(let name): name.bytes
      }
    }
  }

  /// Whether the query failed.
  package let code: DNSResponseCode
  /// The answers, in their order.
  package let answers: [Answer]

  package init(_ code: DNSResponseCode, answers: [Answer] = []) {
    self.code = code
    self.answers = answers
  }

  /// The same with its answers in random order.
  package var shuffled: DNSReply {
    answers.count < 2 ? self : DNSReply(code, answers: answers.shuffled())
  }

  /// The message for a query, of at most `limit` bytes: if the answers do not fit, as many as do.
  ///
  /// Docker's resolver offers recursion only with what it knows.
  package func bytes(
    for query: DNSQuery, lifetime: UInt32, limit: Int = Int(UInt16.max)
  ) -> [UInt8] {
    var header = DNSHeader(id: query.header.id)
    header.isReply = true
    header.operation = query.header.operation
    header.wantsRecursion = query.header.wantsRecursion
    header.refusesVerification = query.header.refusesVerification
    header.offersRecursion = code == .success
    header.code = code
    header.counts.questions = 1
    header.counts.additional = query.payload == nil ? 0 : 1
    var message: [UInt8] = []
    message.reserveCapacity(Self.usualSize)
    message.append(header)
    message.append(query.question)
    let room = limit - (query.payload == nil ? 0 : Self.ednsSize)
    for answer in answers {
      let end = message.count
      message.append(
        named: Self.questionName, query.question.type, classNumber: query.question.classNumber,
        lifetime: lifetime, answer.data)
      if message.count > room {
        message.removeLast(message.count - end)
        header.isTruncated = true
        break
      }
      header.counts.answers += 1
    }
    if query.payload != nil { message.appendEDNS(payload: UInt16(DNSQuery.largestPayload)) }
    message.replaceSubrange(0..<DNSHeader.size, with: header.bytes)
    return message
  }

  private static let usualSize = 128
  private static let ednsSize = 11
  // A pointer to the question's name.
  private static let questionName: [UInt8] = [0xc0, UInt8(DNSHeader.size)]

  /// The message that says that a query cannot be read, or not be answered, without its question.
  package static func failure(_ code: DNSResponseCode, to query: DNSHeader) -> [UInt8] {
    var header = query
    header.isReply = true
    header.code = code
    header.counts = DNSHeader.Counts()
    return header.bytes
  }
}

/// What a forwarder has to see of a reply, whose bytes it passes on.
package struct DNSForwardedReply: Sendable {
  /// The header.
  package let header: DNSHeader
  /// The bytes.
  package let bytes: [UInt8]

  /// Reads a reply; nil if it does not answer this query, which was asked under the query's ID.
  package init?(_ bytes: [UInt8], to query: DNSQuery) {
    guard let header = DNSHeader(bytes), header.isReply, header.id == query.header.id,
      header.operation == query.header.operation
    else { return nil }
    var offset = DNSHeader.size
    if header.counts.questions == 1, let question = try? DNSQuestion.read(bytes, at: &offset) {
      guard question.isSame(as: query.question) else { return nil }
    } else if header.code == .success || header.code == .noSuchName {
      // Servers that cannot read a query may leave its question out.
      return nil
    }
    self.header = header
    self.bytes = bytes
  }

  /// The bytes under another ID; a reply that is longer than `limit` ends behind its question and
  /// says that it is truncated.
  package func bytes(id: UInt16, limit: Int) -> [UInt8] {
    var message = bytes
    if message.count > limit {
      var (offset, header) = (DNSHeader.size, header)
      let hasQuestion = (try? DNSQuestion.read(message, at: &offset)) != nil
      message = Array(message.prefix(hasQuestion ? offset : DNSHeader.size))
      header.isTruncated = true
      header.counts = DNSHeader.Counts(questions: hasQuestion ? 1 : 0)
      message.replaceSubrange(0..<DNSHeader.size, with: header.bytes)
    }
    message[0] = UInt8(id >> 8)
    message[1] = UInt8(truncatingIfNeeded: id)
    return message
  }
}
