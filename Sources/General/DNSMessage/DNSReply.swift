/// A reply to a query.
package struct DNSReply: Hashable, Sendable {
  /// The data of a record that answers a question about its name.
  package enum Answer: Hashable, Sendable {
    /// The bytes of an address.
    case address([UInt8])
    /// A name.
    case name(DNSName)
  }

  /// Whether the query failed.
  package let code: DNSResponseCode
  /// The answers, in their order.
  package let answers: [Answer]

  package init(_ code: DNSResponseCode, answers: [Answer] = []) {
    self.code = code
    self.answers = answers
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
    header.offersRecursion = code == .success
    header.code = code
    let question = query.question.bytes
    let edns =
      query.payload == nil
      ? []
      : DNSRecord.edns(
        payload: UInt16(DNSQuery.largestPayload)
      ).bytes
    let room = limit - DNSHeader.size - question.count - edns.count
    var (body, count): ([UInt8], UInt16) = ([], 0)
    for answer in answers {
      let record = bytes(of: answer, query.question, lifetime)
      guard body.count + record.count <= room else {
        header.isTruncated = true
        break
      }
      body += record
      count += 1
    }
    header.counts = [1, count, 0, edns.isEmpty ? 0 : 1]
    return header.bytes + question + body + edns
  }

  // The name is a pointer to the question's.
  private func bytes(
    of answer: Answer, _ question: DNSQuestion, _ lifetime: UInt32
  ) -> [UInt8] {
    let data =
      switch answer {
      case .address(let bytes): bytes
      case .name(let name): name.bytes
      }
    return [0xc0, UInt8(DNSHeader.size)] + question.type.rawValue.bytes
      + question.classNumber.bytes + lifetime.bytes + UInt16(data.count).bytes + data
  }

  /// The message that says that a query cannot be read, or not be answered, without its question.
  package static func failure(_ code: DNSResponseCode, to query: DNSHeader) -> [UInt8] {
    var header = DNSHeader(id: query.id)
    header.isReply = true
    header.operation = query.operation
    header.wantsRecursion = query.wantsRecursion
    header.code = code
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
    if header.counts[0] == 1, let question = try? DNSQuestion.read(bytes, at: &offset) {
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
      header.counts = [hasQuestion ? 1 : 0, 0, 0, 0]
      message.replaceSubrange(0..<DNSHeader.size, with: header.bytes)
    }
    message.replaceSubrange(0..<2, with: id.bytes)
    return message
  }
}
