import Testing

@testable import DNSMessage

struct DNSNameTests {
  @Test(arguments: ["", "a", "web.blue", "a.b.c.d", String(repeating: "x", count: 63)])
  func textIsKept(text: String) throws {
    let name = try #require(DNSName(text))

    #expect(name.text == text)
    #expect(DNSName(text + ".")?.text == text)
    #expect(name.labelCount == text.split(separator: ".").count)
  }

  @Test(arguments: [
    "a..b", ".a", "..", String(repeating: "x", count: 64),
    Array(repeating: "abcdefg", count: 32).joined(separator: "."),
  ])
  func impossibleNamesAreRefused(text: String) {
    #expect(DNSName(text) == nil)
  }

  @Test func longestNameIsAccepted() {
    // Three labels of 63 and one of 61 are 255 bytes with lengths and the zero.
    let label = String(repeating: "x", count: 63)
    let longest = [label, label, label, String(label.dropLast(2))].joined(separator: ".")

    #expect(DNSName(longest)?.bytes.count == 255)
    #expect(DNSName(longest + "x") == nil)
  }

  @Test func pointersAreFollowed() throws {
    let message: [UInt8] = [9, 3, 99, 111, 109, 0, 3, 119, 119, 119, 0xc0, 1, 7]
    var offset = 6

    let name = try DNSName.read(message, at: &offset)

    #expect(name.text == "www.com")
    #expect(offset == 12)
  }

  @Test(
    arguments: [
      // To itself, forward, to one that leads back here, and one after the other.
      ([0xc0, 0], 0), ([0xc0, 2, 0], 0), ([0xc0, 2, 0xc0, 0], 2), ([1, 97, 0xc0, 0], 0),
      ([1, 97, 0xc0, 0], 2),
    ] as [([UInt8], Int)])
  func loopsEnd(message: [UInt8], start: Int) {
    var offset = start

    #expect(throws: DNSFormatError.loop) { try DNSName.read(message, at: &offset) }
  }

  @Test(
    arguments: [
      ([], .truncated), ([1], .truncated), ([3, 97, 98], .truncated), ([0xc0], .truncated),
      ([0x40, 0], .labelTooLong), ([0x80, 0], .labelTooLong),
    ] as [([UInt8], DNSFormatError)])
  func damagedNamesAreRefused(message: [UInt8], error: DNSFormatError) {
    var offset = 0

    #expect(throws: error) { try DNSName.read(message, at: &offset) }
  }

  @Test func nameOfTooManyLabelsIsRefused() {
    let message = [[UInt8]](repeating: [1, 97], count: 127).flatMap(\.self) + [1, 97, 0]
    var offset = 0

    #expect(throws: DNSFormatError.nameTooLong) { try DNSName.read(message, at: &offset) }
    offset = 2
    #expect((try? DNSName.read(message, at: &offset))?.labelCount == 127)
  }

  @Test func caseIsKeptAndDoesNotMatter() throws {
    let (mixed, lower) = (try #require(DNSName("WeB.Blue")), try #require(DNSName("web.blue")))

    #expect(mixed.text == "WeB.Blue")
    #expect(mixed.isSame(as: lower))
    #expect(mixed != lower)
  }

  @Test func labelWithADotHasNoText() throws {
    var offset = 0

    #expect(try DNSName.read([3, 97, 46, 98, 0], at: &offset).text == nil)
    offset = 0
    #expect(try DNSName.read([1, 0xff, 0], at: &offset).text == nil)
  }
}
