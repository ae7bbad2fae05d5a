import Netlink
import Testing

struct AttributeSequenceTests {
  @Test(
    arguments: [
      ("no bytes", []),
      ("half a header", [8, 0]),
      ("a length below the header's", [3, 0, 1, 0]),
      ("a length of zero", [0, 0, 0, 0, 8, 0, 1, 0, 1, 2, 3, 4]),
      ("a length beyond the end", [9, 0, 1, 0, 1, 2, 3, 4]),
      ("the greatest length", [0xff, 0xff, 1, 0, 1, 2, 3, 4]),
    ] as [(String, [UInt8])])
  func walkEndsAtBrokenBytes(_ what: String, bytes: [UInt8]) {
    #expect(Array(AttributeSequence(bytes[...])).isEmpty, "\(what)")
  }

  @Test func attributesBeforeBrokenBytesAreRead() {
    let bytes: [UInt8] = [5, 0, 1, 0, 0xaa, 0, 0, 0, 4, 0, 2, 0, 99, 0, 3, 0]

    let attributes = Array(AttributeSequence(bytes[...]))

    #expect(attributes.map(\.type) == [1, 2])
    #expect(attributes.first?.integer() == UInt8(0xaa))
  }

  @Test func lastAttributeNeedsNoPadding() {
    let bytes: [UInt8] = [5, 0, 1, 0, 0xaa]

    #expect(Array(AttributeSequence(bytes[...])).map(\.type) == [1])
  }

  @Test func marksAreNotPartOfTheType() {
    let bytes: [UInt8] = [4, 0, 18, 0x80, 4, 0, 19, 0x40]

    #expect(Array(AttributeSequence(bytes[...])).map(\.type) == [18, 19])
  }

  @Test func wrongWidthsAreNil() throws {
    let bytes: [UInt8] = [7, 0, 1, 0, 1, 2, 3, 0]
    let attribute = try #require(Array(AttributeSequence(bytes[...])).first)

    #expect(attribute.integer(UInt8.self) == nil)
    #expect(attribute.integer(UInt16.self) == nil)
    #expect(attribute.integer(UInt32.self) == nil)
    #expect(attribute.bigEndian(UInt64.self) == nil)
  }

  @Test(
    arguments: [
      ([6, 0, 1, 0, 0x6c, 0x6f], "lo"),
      ([8, 0, 1, 0, 0x6c, 0x6f, 0, 0x78], "lo"),
      ([4, 0, 1, 0], ""),
      ([6, 0, 1, 0, 0x6c, 0xff], "l\u{fffd}"),
    ] as [([UInt8], String)])
  func textEndsAtItsNUL(_ bytes: [UInt8], text: String) throws {
    let attribute = try #require(Array(AttributeSequence(bytes[...])).first)

    #expect(attribute.string == text)
  }

  @Test(
    arguments: [
      ("no bytes", []),
      ("half a header", [16, 0, 0, 0, 2, 0, 0, 0]),
      ("a length below the header's", [15, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]),
      ("a length beyond the end", [17, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]),
      (
        "the greatest length",
        [0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]
      ),
    ] as [(String, [UInt8])])
  func messagesEndAtBrokenBytes(_ what: String, bytes: [UInt8]) {
    #expect(Array(MessageSequence(bytes[...])).isEmpty, "\(what)")
  }

  @Test func headerReaderStopsAtTheEnd() {
    var reader = FieldReader([1, 2, 3][...])

    #expect(reader.next(UInt16.self) != nil)
    #expect(reader.next(UInt16.self) == nil)
    #expect(reader.skip(2) == false)
    #expect(reader.next(UInt8.self) == 3)
    #expect(reader.rest.isEmpty)
  }
}
