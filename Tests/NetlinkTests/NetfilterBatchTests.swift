import Testing

@testable import Netlink

struct NetfilterBatchTests {
  @Test func onlyTheLastChangeIsAcknowledged() {
    var batch = NetfilterBatch(firstSequence: 10)
    batch.append(0, family: 1, flags: .create) { $0.attribute(1, string: "a") }
    batch.append(3, family: 1, flags: .create) { $0.attribute(1, string: "b") }

    let messages = Array(MessageSequence(batch.finish().bytes[...]))

    #expect(messages.map(\.type) == [0x10, 0x0a00, 0x0a03, 0x11])
    #expect(messages.map(\.sequence) == [10, 11, 12, 13])
    #expect(messages.map { $0.flags.contains(.acknowledge) } == [false, false, true, false])
    #expect(messages.map { Array($0.payload.prefix(4)) }.first == [0, 0, 0, 10])
    #expect(messages[1].flags.contains(.create))
    #expect(messages[2].flags.contains(.create))
  }

  @Test func answersAreMatchedAcrossTheEndOfNumbers() {
    var batch = NetfilterBatch(firstSequence: .max)
    batch.append(0, family: 1) { _ in }
    batch.append(0, family: 1) { _ in }

    #expect(batch.index(of: .max) == nil)
    #expect(batch.index(of: 0) == 0)
    #expect(batch.index(of: 1) == 1)
    #expect(batch.index(of: 2) == nil)
    #expect(batch.contains(.max))
    #expect(batch.contains(2))
    #expect(!batch.contains(3))
    #expect(!batch.contains(.max - 1))
  }
}
