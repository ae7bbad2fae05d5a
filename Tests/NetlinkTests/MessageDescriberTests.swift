import Testing

@testable import Netlink

struct MessageDescriberTests {
  private static let thing: UInt16 = 40
  private let describer = MessageDescriber([
    thing: MessageSchema(
      "GETTHING", headerLength: 4,
      header: { fields in fields.next(UInt32.self).map { "index \($0)" } },
      attributes: [
        1: .text("name"), 2: .number("count"), 3: .bigEndian("port"), 4: .flag("wanted"),
        5: .nest("inner", [1: .text("name")]), 6: .list("all", .number("member")),
        7: .bytes("key"),
      ])
  ])

  @Test(arguments: rows) func attributeIsDescribed(_ row: Row) {
    var writer = MessageWriter()
    writer.message(Self.thing, flags: .request, sequence: 3) {
      $0.append(UInt32(5))
      row.write(&$0)
    }

    let lines = describer.lines(.sent, writer.bytes[...])

    #expect(
      lines == ["> GETTHING seq 3 len \(writer.bytes.count) [request]: index 5, \(row.text)"])
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let write: @Sendable (inout MessageWriter) -> Void

    init(
      _ name: String, _ text: String, _ write: @escaping @Sendable (inout MessageWriter) -> Void
    ) {
      testDescription = name
      self.text = text
      self.write = write
    }
  }

  private static let rows = [
    Row("a text", #"name "br0""#) { $0.attribute(1, string: "br0") },
    Row("a text that would command a terminal", #"name "\u{1b}[2J\u{a}\"\\""#) {
      $0.attribute(1, string: "\u{1b}[2J\n\"\\")
    },
    Row("a number", "count 1500") { $0.attribute(2, UInt32(1500)) },
    Row("a short number", "count 3") { $0.attribute(2, UInt8(3)) },
    Row("a number of no known width", "count 0x010203") { $0.attribute(2, bytes: [1, 2, 3]) },
    Row("a number in network order", "port 8080") { $0.attribute(3, bytes: [0x1f, 0x90]) },
    Row("a flag", "wanted") { $0.attribute(4, bytes: []) },
    Row("attributes inside", #"inner {name "x"}"#) {
      $0.nest(5) { $0.attribute(1, string: "x") }
    },
    Row("a list", "all [1, 2]") {
      $0.nest(6) {
        $0.attribute(1, UInt8(1))
        $0.attribute(1, UInt8(2))
      }
    },
    Row("bytes", "key 0x00ab") { $0.attribute(7, bytes: [0, 0xab]) },
    Row("many bytes", "key 0x" + String(repeating: "01", count: 32) + "... (40 bytes)") {
      $0.attribute(7, bytes: [UInt8](repeating: 1, count: 40))
    },
    Row("what nobody knows", "wanted, 2 more") {
      $0.attribute(98, UInt8(1))
      $0.attribute(4, bytes: [])
      $0.attribute(99, UInt8(1))
    },
  ]

  @Test func flagsHaveTheMeaningOfTheirRequest() {
    var writer = MessageWriter()
    writer.message(Self.thing, flags: [.request, .dump], sequence: 1) { $0.append(UInt32(0)) }

    #expect(
      describer.lines(.sent, writer.bytes[...]) == [
        "> GETTHING seq 1 len 20 [request dump]: index 0"
      ])
  }

  @Test(
    arguments: [
      (MessageType.error, 0, "< NLMSG_ERROR seq 9 len 36: ok"),
      (MessageType.error, -17, "< NLMSG_ERROR seq 9 len 36: 17 (File exists)"),
      (MessageType.done, 0, "< NLMSG_DONE seq 9 len 36: ok"),
      (MessageType.error, Int32.min, "< NLMSG_ERROR seq 9 len 36: 2147483647 "),
    ])
  func verdictIsDescribed(_ type: UInt16, code: Int32, text: String) {
    var writer = MessageWriter()
    writer.message(type, flags: [], sequence: 9) {
      $0.append(UInt32(bitPattern: code))
      $0.append(zeros: 16)
    }

    #expect(describer.lines(.received, writer.bytes[...]).first?.hasPrefix(text) == true)
  }

  @Test func kernelsSentenceIsQuoted() {
    var writer = MessageWriter()
    let flags: MessageFlags = [.capped, .hasExtendedAcknowledgement]
    writer.message(MessageType.error, flags: flags, sequence: 9) {
      $0.append(UInt32(bitPattern: -22))
      $0.append(zeros: 16)
      $0.attribute(1, string: "no\nsuch")
    }

    #expect(
      describer.lines(.received, writer.bytes[...]) == [
        "< NLMSG_ERROR seq 9 len \(writer.bytes.count) [capped explained]: "
          + #"22 (Invalid argument), "no\u{a}such""#
      ])
  }

  @Test func unknownTypeAndBrokenBytesAreShown() {
    var writer = MessageWriter()
    writer.message(77, flags: [], sequence: 1) { $0.append(UInt32(0x0102_0304)) }

    #expect(
      describer.lines(.received, (writer.bytes + [1, 2, 3])[...]) == [
        "< type 77 seq 1 len 20: 0x04030201", "< no message: 0x010203",
      ])
    #expect(describer.lines(.received, []).isEmpty)
  }
}
