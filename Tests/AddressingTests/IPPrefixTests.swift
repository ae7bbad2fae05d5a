import Addressing
import Testing

struct IPPrefixTests {
  @Test(arguments: [
    "10.0.0.0/24", "10.0.0.1/24", "0.0.0.0/0", "1.2.3.4/32", "::/0", "::1/128", "fd00::1/64",
    "::ffff:1.2.3.4/96",
  ])
  func printsAsTyped(_ text: String) throws {
    #expect(try IPPrefix(parsing: text).description == text)
  }

  /// The rows hold the answers of Go's `netip.ParsePrefix`.
  @Test(
    arguments: [
      ("", .missingSlash), ("nonsense", .missingSlash), ("10.65.0.0", .missingSlash),
      ("10.65.0.0/33", .lengthOutOfRange), ("::/129", .lengthOutOfRange),
      ("1.2.3.4/999999999999999999", .lengthOutOfRange), ("10.0.0.0/64", .lengthOutOfRange),
      ("10.0.0.0/", .badLength("")), ("10.0.0.0/08", .badLength("08")),
      ("10.0.0.0/00", .badLength("00")), ("10.0.0.0/+8", .badLength("+8")),
      ("10.0.0.0/-1", .badLength("-1")), ("10.0.0.0/+", .badLength("+")),
      ("10.0.0.0/8 ", .badLength("8 ")), ("10.0.0.0/a", .badLength("a")),
      ("10.0.0.0/99999999999999999999", .badLength("99999999999999999999")),
      ("10.0.0.0/٣", .badLength("٣")),
      ("10.3.0/24", .badAddress(.ipv4TooShort)), ("/24", .badAddress(.unrecognized)),
      ("10.0.0.0/8/8", .badAddress(.ipv4UnexpectedCharacter(at: "/8"))),
      ("fe80::%eth0/64", .zone), ("fe80::%/64", .badAddress(.emptyZone)),
      ("fe80::1%a/b", .zone),
    ] as [(String, IPPrefixError)])
  func malformedTextIsRefused(_ text: String, _ expected: IPPrefixError) {
    #expect(throws: expected) { try IPPrefix(parsing: text) }
  }

  @Test func lengthIsBoundedByFamily() throws {
    let address = try #require(IPAddress("10.0.0.0"))

    #expect(IPPrefix(address: address, length: -1) == nil)
    #expect(IPPrefix(address: address, length: 33) == nil)
    #expect(IPPrefix(address: address, length: .max) == nil)
    #expect(IPPrefix(address: address, length: 32) != nil)
  }

  /// The rows hold the answers of Python's `ipaddress`.
  @Test(arguments: [
    ("10.1.2.3/24", "10.1.2.0/24", "10.1.2.0", "10.1.2.255"),
    ("10.1.2.3/0", "0.0.0.0/0", "0.0.0.0", "255.255.255.255"),
    ("10.1.2.3/32", "10.1.2.3/32", "10.1.2.3", "10.1.2.3"),
    ("10.1.2.3/31", "10.1.2.2/31", "10.1.2.2", "10.1.2.3"),
    ("192.168.77.1/20", "192.168.64.0/20", "192.168.64.0", "192.168.79.255"),
    ("2001:db8::1/64", "2001:db8::/64", "2001:db8::", "2001:db8::ffff:ffff:ffff:ffff"),
    ("2001:db8::1/0", "::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("2001:db8::1/128", "2001:db8::1/128", "2001:db8::1", "2001:db8::1"),
    (
      "fdfc:9e56:63b:1::5/48", "fdfc:9e56:63b::/48", "fdfc:9e56:63b::",
      "fdfc:9e56:63b:ffff:ffff:ffff:ffff:ffff"
    ),
  ])
  func spansItsMaskedBlock(
    _ text: String, _ masked: String, _ first: String, _ last: String
  ) throws {
    let prefix = try IPPrefix(parsing: text)

    #expect(prefix.masked.description == masked)
    #expect(prefix.first.description == first)
    #expect(prefix.last.description == last)
    #expect(prefix.isMasked == (text == masked))
    #expect(prefix.contains(prefix.first))
    #expect(prefix.contains(prefix.last))
    #expect(prefix.masked.isMasked)
  }

  @Test(arguments: [
    ("10.0.0.0/24", "10.0.0.255", true), ("10.0.0.0/24", "10.0.1.0", false),
    ("10.0.0.5/24", "10.0.0.1", true), ("0.0.0.0/0", "255.1.2.3", true),
    ("0.0.0.0/0", "::1", false), ("::/0", "1.2.3.4", false), ("::/0", "ffff::", true),
    ("::ffff:0:0/96", "1.2.3.4", false), ("::ffff:0:0/96", "::ffff:1.2.3.4", true),
    ("10.0.0.1/32", "10.0.0.1", true), ("10.0.0.1/32", "10.0.0.2", false),
  ])
  func containsAddresses(_ text: String, _ address: String, _ expected: Bool) throws {
    #expect(try IPPrefix(parsing: text).contains(try #require(IPAddress(address))) == expected)
  }

  @Test(arguments: [
    ("10.0.0.0/8", "10.64.0.0/16", true, false, true),
    ("10.0.0.0/24", "10.0.1.0/24", false, false, false),
    ("10.0.0.0/24", "10.0.0.7/24", true, true, true),
    ("0.0.0.0/0", "10.0.0.0/8", true, false, true),
    ("::/0", "0.0.0.0/0", false, false, false),
    ("fd00::/48", "fd00:0:0:ffff::/64", true, false, true),
    ("fd00::/48", "fd00:0:1::/64", false, false, false),
  ])
  func comparesBlocks(
    _ left: String, _ right: String, _ contains: Bool, _ inside: Bool, _ overlaps: Bool
  ) throws {
    let left = try IPPrefix(parsing: left)
    let right = try IPPrefix(parsing: right)

    #expect(left.contains(right) == contains)
    #expect(right.contains(left) == inside)
    #expect(left.overlaps(right) == overlaps)
    #expect(right.overlaps(left) == overlaps)
  }

  @Test func sortsByFamilyThenAddressThenLength() throws {
    let texts = ["::/0", "10.0.0.0/24", "10.0.0.0/8", "9.255.0.0/16", "fd00::/8"]

    let sorted = try texts.map { text in try IPPrefix(parsing: text) }.sorted()

    #expect(
      sorted.map(\.description) == [
        "9.255.0.0/16", "10.0.0.0/8", "10.0.0.0/24", "::/0", "fd00::/8",
      ])
  }
}
