import Testing

@testable import DNSMessage

struct DNSMessageTests {
  private let question = DNSQuestion(DNSName("Web.blue")!, .a)

  /// What `dig +noedns @127.0.0.11 Web.blue` of BIND 9.18 sends, but for the cookie.
  private let plain: [UInt8] =
    [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    + [3, 87, 101, 98, 4, 98, 108, 117, 101, 0, 0, 1, 0, 1]
  /// What follows with EDNS, for 1,232 bytes.
  private let edns: [UInt8] = [0, 0, 41, 0x04, 0xd0, 0, 0, 0, 0, 0, 0]

  @Test func queryIsRead() throws {
    let query = try DNSQuery(plain)

    #expect(query.header.id == 0x1234)
    #expect(query.header.wantsRecursion && !query.header.isReply && query.header.operation == 0)
    #expect(query.question == question)
    #expect(query.payload == nil)
    #expect(query.bytes == plain)
  }

  @Test func payloadIsRead() throws {
    var message = plain + edns
    message[11] = 1

    let query = try DNSQuery(message)

    #expect(query.payload == 1232)
    #expect(query.bytes == message)
  }

  @Test(arguments: [0, 2, 0xff]) func oneQuestionIsNeeded(count: UInt8) {
    var message = plain
    message[5] = count

    #expect(throws: DNSFormatError.questionCount) { try DNSQuery(message) }
  }

  @Test func everyTruncationIsRefused() {
    var message = plain + edns
    message[11] = 1
    for length in 0..<message.count {
      #expect(throws: DNSFormatError.truncated) { try DNSQuery(Array(message.prefix(length))) }
    }
  }

  @Test func replyRepeatsTheQuestion() throws {
    let query = try DNSQuery(plain)

    let reply = DNSReply(.success, answers: [.address([10, 0, 0, 2])])
      .bytes(for: query, lifetime: 600)

    // QR, RD and RA; the name is a pointer to the question's.
    #expect(Array(reply.prefix(12)) == [0x12, 0x34, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0])
    #expect(Array(reply[12..<26]) == Array(plain[12...]))
    #expect(Array(reply[26...]) == [0xc0, 12, 0, 1, 0, 1, 0, 0, 2, 0x58, 0, 4, 10, 0, 0, 2])
  }

  @Test func failureHasNoRecursion() throws {
    let reply = DNSReply(.serverFailure).bytes(for: try DNSQuery(plain), lifetime: 600)

    #expect(Array(reply[2...3]) == [0x81, 0x02])
  }

  @Test(arguments: [(512, 30, true), (1232, 75, true), (65535, 200, false)])
  func answersAreLeftOutWhereTheyDoNotFit(limit: Int, count: Int, isTruncated: Bool) throws {
    let query = try DNSQuery(plain)
    let answers = (0..<200).map { DNSReply.Answer.address([10, 0, 0, $0]) }

    let reply = DNSReply(.success, answers: answers)
      .bytes(for: query, lifetime: 600, limit: limit)

    let header = try #require(DNSHeader(reply))
    #expect(header.isTruncated == isTruncated)
    #expect(Int(header.counts.answers) == count)
    #expect(reply.count <= limit)
  }

  @Test func replyOfAnotherQueryIsRefused() throws {
    let query = DNSQuery(id: 7, question)
    let reply = DNSReply(.success, answers: [.address([10, 0, 0, 2])])
      .bytes(for: query, lifetime: 600)

    #expect(DNSForwardedReply(reply, to: query) != nil)
    #expect(DNSForwardedReply(reply, to: DNSQuery(id: 8, question)) == nil)
    #expect(DNSForwardedReply(query.bytes, to: query) == nil)
    #expect(
      DNSForwardedReply(reply, to: DNSQuery(id: 7, DNSQuestion(question.name, .aaaa))) == nil)
    #expect(
      DNSForwardedReply(reply, to: DNSQuery(id: 7, DNSQuestion(DNSName("x.blue")!, .a))) == nil)
    for length in 0..<26 {
      #expect(DNSForwardedReply(Array(reply.prefix(length)), to: query) == nil, "\(length)")
    }
  }

  @Test func longReplyIsTruncatedBehindItsQuestion() throws {
    let query = DNSQuery(id: 7, question)
    let reply = DNSReply(.success, answers: (0..<100).map { .address([10, 0, 0, $0]) })
      .bytes(for: query, lifetime: 600)
    let forwarded = try #require(DNSForwardedReply(reply, to: query))

    let short = forwarded.bytes(id: 0x1234, limit: 512)
    let whole = forwarded.bytes(id: 0x1234, limit: 65535)

    let header = try #require(DNSHeader(short))
    #expect(header.isTruncated && header.isReply && header.id == 0x1234)
    #expect(header.counts == DNSHeader.Counts(questions: 1))
    #expect(short.count == 26)
    #expect(Array(whole[2...]) == Array(reply[2...]))
  }

  /// Random bytes, and messages with random bytes in them: nothing traps, and what is read is
  /// written in the same way.
  @Test func anyBytesAreReadOrRefused() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<50_000 {
      var message = plain + edns
      message[11] = 1
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        message[Int.random(in: message.indices, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      }
      guard let query = try? DNSQuery(message) else { continue }
      #expect((try? DNSQuery(query.bytes))?.question == query.question)
    }
  }
}
