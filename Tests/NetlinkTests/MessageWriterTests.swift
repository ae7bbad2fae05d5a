import Netlink
import Testing

struct MessageWriterTests {
  @Test func lengthsAndPaddingAreFilledIn() {
    var writer = MessageWriter()

    writer.message(0x10, flags: [.create, .exclusive], sequence: 7) { writer in
      writer.append(UInt8(2))
      writer.append(zeros: 3)
      writer.attribute(3, string: "lo")
      writer.nest(18) { writer in
        writer.attribute(1, bytes: [0xaa])
      }
    }

    #expect(
      writer.bytes == [
        0x28, 0, 0, 0, 0x10, 0, 0x00, 0x06, 7, 0, 0, 0, 0, 0, 0, 0,
        2, 0, 0, 0,
        7, 0, 3, 0, 0x6c, 0x6f, 0, 0,
        0x0c, 0, 18, 0x80, 5, 0, 1, 0, 0xaa, 0, 0, 0,
      ])
  }

  @Test func messagesFollowEachOtherAligned() {
    var writer = MessageWriter()

    writer.message(1, flags: [], sequence: 1) { $0.append(UInt8(1)) }
    writer.message(2, flags: [], sequence: 2) { $0.append(UInt8(2)) }

    let messages = Array(MessageSequence(writer.bytes[...]))
    #expect(writer.bytes.count == 40)
    #expect(messages.map(\.type) == [1, 2])
    #expect(messages.map { Array($0.payload) } == [[1], [2]])
  }

  @Test func integersKeepTheirWidthAndOrder() {
    var writer = MessageWriter()
    writer.attribute(1, UInt8(0x12))
    writer.attribute(2, bigEndian: UInt16(0x1234))
    writer.attribute(3, UInt32(0x1234_5678))
    writer.attribute(4, bigEndian: UInt64(0x1234_5678_9abc_def0))
    writer.attribute(5, Int32(-2))
    writer.attribute(6)

    let attributes = Array(AttributeSequence(writer.bytes[...]))

    #expect(attributes.map(\.type) == [1, 2, 3, 4, 5, 6])
    #expect(attributes[0].integer() == UInt8(0x12))
    #expect(Array(attributes[1].payload) == [0x12, 0x34])
    #expect(attributes[1].bigEndian() == UInt16(0x1234))
    #expect(attributes[2].integer() == UInt32(0x1234_5678))
    #expect(attributes[3].bigEndian() == UInt64(0x1234_5678_9abc_def0))
    #expect(attributes[4].integer() == Int32(-2))
    #expect(attributes[5].payload.isEmpty)
  }

  @Test(arguments: [(65_531, false), (65_532, true)])
  func attributeBeyondItsHeaderIsNoticed(length: Int, isOversized: Bool) {
    var writer = MessageWriter()

    writer.nest(1) { $0.append(zeros: length) }

    #expect(writer.isOversized == isOversized)
  }
}
