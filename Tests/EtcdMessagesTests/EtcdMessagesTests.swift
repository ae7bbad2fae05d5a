import Testing

@testable import EtcdMessages

// The responses are what etcd 3.4.23 sent, as `etcdctl -w protobuf` prints them.
struct EtcdMessagesTests {
  /// The same server's at any revision below 128.
  private static func header(revision: UInt8) -> [UInt8] {
    [
      0x0a, 0x18, 0x08, 0xe2, 0xbf, 0xa5, 0x99, 0xc6, 0xd8, 0xe3, 0xde, 0x29, 0x10, 0xdd, 0xea,
      0xf5, 0xee, 0xd8, 0xcb, 0xf8, 0xd2, 0x41, 0x18, revision, 0x20, 0x02,
    ]
  }

  private static let keyValue: [UInt8] = [
    0x12, 0x10, 0x0a, 0x03, 0x61, 0x2f, 0x31, 0x10, 0x02, 0x18, 0x02, 0x20, 0x01, 0x2a, 0x03,
    0x6f, 0x6e, 0x65,
  ]

  // etcdctl get --prefix a/
  @Test func rangeResponseIsRead() throws {
    let result = try EtcdRangeResult(Self.header(revision: 2) + Self.keyValue + [0x20, 0x01])

    #expect(result.header.revision == 2)
    #expect(result.count == 1)
    let keyValue = try #require(result.keyValues.first)
    #expect(keyValue.keyText == "a/1")
    #expect(keyValue.value == Array("one".utf8))
    #expect(keyValue.createRevision == 2)
    #expect(keyValue.modRevision == 2)
    #expect(keyValue.version == 1)
    #expect(keyValue.lease == 0)
  }

  // A transaction whose condition did not hold: get a/1, del c
  @Test func transactionResponseIsRead() throws {
    let result = try EtcdTransactionResult(
      Self.header(revision: 2) + [0x1a, 0x1a, 0x0a, 0x18, 0x0a, 0x02, 0x18, 0x02]
        + Self.keyValue + [0x20, 0x01, 0x1a, 0x06, 0x1a, 0x04, 0x0a, 0x02, 0x18, 0x02])

    #expect(!result.succeeded)
    #expect(result.read(0).map(\.keyText) == ["a/1"])
    #expect(result.steps.count == 2)
    #expect(result.steps.last == .deleted(0))
    #expect(result.read(1).isEmpty)
  }

  // etcdctl watch a/1, while it was put and deleted.
  @Test func eventsAreRead() throws {
    let change = try EtcdWatchResponse(
      Self.header(revision: 3) + [
        0x5a, 0x12, 0x12, 0x10, 0x0a, 0x03, 0x61, 0x2f, 0x31, 0x10, 0x02, 0x18, 0x03, 0x20, 0x02,
        0x2a, 0x03, 0x74, 0x77, 0x6f,
      ])
    let deletion = try EtcdWatchResponse(
      Self.header(revision: 4) + [
        0x5a, 0x0b, 0x08, 0x01, 0x12, 0x07, 0x0a, 0x03, 0x61, 0x2f, 0x31, 0x18, 0x04,
      ])

    #expect(change.events.map(\.isDeletion) == [false])
    #expect(change.events.map(\.keyValue.value) == [Array("two".utf8)])
    #expect(deletion.events.map(\.isDeletion) == [true])
    #expect(deletion.events.map(\.keyValue.keyText) == ["a/1"])
    #expect(deletion.events.map(\.keyValue.modRevision) == [4])
  }

  @Test func requestHasOnlyWhatIsNotZero() {
    #expect(EtcdRange(.key("ab")).message == [0x0a, 2, 0x61, 0x62])
    #expect(EtcdRange(.prefix("ab")).message == [0x0a, 2, 0x61, 0x62, 0x12, 2, 0x61, 0x63])
    #expect(EtcdLeaseGrant(seconds: 300).message == [0x08, 0xac, 0x02])
  }

  // A missing operand would be none at all, in which case etcd compares nothing.
  @Test func conditionHasItsOperandEvenIfZero() {
    let condition = EtcdCondition.absent(.key("k"))

    #expect(condition.message == [0x10, 1, 0x1a, 1, 0x6b, 0x28, 0])
  }

  @Test func intervalOfConditionIsField64() {
    let condition = EtcdCondition.absent(.prefix("k"))

    #expect(condition.message == [0x10, 1, 0x1a, 1, 0x6b, 0x28, 0, 0x82, 0x04, 1, 0x6c])
  }

  @Test func prefixEndsBehindItsLastByte() {
    #expect(EtcdKeys.prefix("/a").end == Array("/b".utf8))
    #expect(EtcdKeys.prefix("").end == [0])
    #expect(EtcdKeys.key("/a").end == nil)
  }

  @Test(
    arguments: [
      [0x08], [0x0a, 0x05, 0x01], [0x0b], [0x00], [0x08] + [UInt8](repeating: 0xff, count: 10),
      [0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], [0x12, 0x02, 0x0a, 0x05],
      [0x10, 0x01],
    ] as [[UInt8]])
  func brokenMessageIsRefused(bytes: [UInt8]) {
    #expect(throws: EtcdMessageError.self) { try EtcdRangeResult(bytes) }
  }

  @Test func unknownFieldsAreSkipped() throws {
    let fixed: [UInt8] = [0xf9, 0x01, 1, 2, 3, 4, 5, 6, 7, 8, 0xfd, 0x01, 1, 2, 3, 4]
    let result = try EtcdRangeResult(fixed + [0xf8, 0x01, 0x7f, 0xfa, 0x01, 1, 0, 0x20, 0x03])

    #expect(result.count == 3)
  }

  @Test func negativeNumberTakesTenBytes() throws {
    #expect(EtcdLeaseRevoke(-1).message == [0x08] + [UInt8](repeating: 0xff, count: 9) + [1])
    #expect(try EtcdLease([0x10] + [UInt8](repeating: 0xff, count: 9) + [1]).id == -1)
  }
}

struct GRPCFramingTests {
  @Test func messagesAreCutFromPiecesOfAnySize() throws {
    let messages: [[UInt8]] = [[1, 2, 3], [], [UInt8](repeating: 7, count: 300)]
    let stream = messages.flatMap(GRPCFrame.bytes)
    for size in [1, 2, 7, stream.count] {
      var deframer = GRPCDeframer(limit: 1000)
      var received: [[UInt8]] = []
      for start in stride(from: 0, to: stream.count, by: size) {
        deframer.append(stream[start..<min(start + size, stream.count)])
        while let message = try deframer.next() { received.append(message) }
      }

      #expect(received == messages)
      #expect(!deframer.isWithinMessage)
    }
  }

  @Test func longMessageIsRefusedBeforeItHasArrived() {
    var deframer = GRPCDeframer(limit: 10)
    deframer.append([0, 0, 0, 0, 11])

    #expect(throws: EtcdMessageError.tooLong) { try deframer.next() }
  }

  @Test func compressedMessageIsRefused() {
    var deframer = GRPCDeframer(limit: 10)
    deframer.append([1, 0, 0, 0, 0])

    #expect(throws: EtcdMessageError.compressed) { try deframer.next() }
  }
}
