import Addressing
import Testing

/// The rows hold what Go's `netip.ParseAddr` and `Addr.String` answer.
struct IPAddressTextTests {
  @Test(arguments: [
    ("0.0.0.0", "0.0.0.0"),
    ("255.255.255.255", "255.255.255.255"),
    ("10.0.0.1", "10.0.0.1"),
    ("127.0.0.1", "127.0.0.1"),
    ("192.168.1.254", "192.168.1.254"),
    ("::", "::"),
    ("::1", "::1"),
    ("1::", "1::"),
    ("fe80::1", "fe80::1"),
    ("2001:DB8::0:1", "2001:db8::1"),
    ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
    ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
    ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
    ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
    ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
    ("1:2:3:4::5:6:7", "1:2:3:4:0:5:6:7"),
    ("0:0:0:0:0:0:0:0", "::"),
    ("1:0:3:4:5:6:7:8", "1:0:3:4:5:6:7:8"),
    ("0001:0002::000f", "1:2::f"),
    ("::ffff:1.2.3.4", "::ffff:1.2.3.4"),
    ("::ffff:102:304", "::ffff:1.2.3.4"),
    ("::1.2.3.4", "::102:304"),
    ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
    ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
    ("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("::fffe:1.2.3.4", "::fffe:102:304"),
    ("0:0:1::", "0:0:1::"),
    ("1::2", "1::2"),
    ("1:0:0:0:0:0:0:0", "1::"),
    ("FE80::ABCD", "fe80::abcd"),
  ])
  func printsCanonicalForm(_ text: String, _ canonical: String) throws {
    let address = try #require(IPAddress(text))

    #expect(address.description == canonical)
    #expect(address.family == (text.contains(":") ? .ipv6 : .ipv4))
    #expect(IPAddress(canonical) == address)
    #expect(IPAddress(bytes: address.bytes) == address)
  }

  @Test(
    arguments: [
      ("", .unrecognized),
      ("foo", .unrecognized),
      ("1", .unrecognized),
      ("%", .missingIPv6Address),
      ("%eth0", .missingIPv6Address),
      ("1.2.3", .ipv4TooShort),
      ("1.2.3.4.5", .ipv4TooLong),
      ("1.2.3.", .ipv4EmptyField(at: ".")),
      (".1.2.3", .ipv4EmptyField(at: ".1.2.3")),
      ("1..2.3", .ipv4EmptyField(at: ".2.3")),
      (".", .ipv4EmptyField(at: ".")),
      ("..", .ipv4EmptyField(at: "..")),
      ("01.2.3.4", .ipv4LeadingZero),
      ("1.2.3.04", .ipv4LeadingZero),
      ("1.2.3.00", .ipv4LeadingZero),
      ("1.2.3.256", .ipv4FieldTooLarge),
      ("1.2.3.999999999999999999999", .ipv4FieldTooLarge),
      ("1.2.3.4a", .ipv4UnexpectedCharacter(at: "a")),
      ("1.2.3.-4", .ipv4UnexpectedCharacter(at: "-4")),
      ("1.2.3.4/8", .ipv4UnexpectedCharacter(at: "/8")),
      ("1.2.3.4%", .ipv4UnexpectedCharacter(at: "%")),
      ("1.2.3.4%eth0", .ipv4UnexpectedCharacter(at: "%eth0")),
      ("fe80::1%", .emptyZone),
      ("fe80::1%eth0", .zone("eth0")),
      ("fe80::%%", .zone("%")),
      (":", .emptyGroup(at: ":")),
      (":::", .emptyGroup(at: ":")),
      (":1", .emptyGroup(at: ":1")),
      ("1:", .trailingColon(at: ":")),
      ("1:2", .ipv6TooShort),
      ("1:2:3:4:5:6:7", .ipv6TooShort),
      ("1:2:3:4:5:6:7:8:9", .trailingText(at: "9")),
      ("1:2:3:4:5:6:7:8:", .trailingColon(at: ":")),
      ("1:2:3:4:5:6:7:8::", .emptyEllipsis),
      ("1::2:3:4:5:6:7:8", .emptyEllipsis),
      ("1::2::3", .multipleEllipses(at: ":3")),
      ("::1::", .multipleEllipses(at: ":")),
      ("12345::", .groupTooLong(at: "12345::")),
      ("00001::", .groupTooLong(at: "00001::")),
      ("::g", .emptyGroup(at: "g")),
      ("1:g::", .emptyGroup(at: "g::")),
      ("1:2-3::", .missingColon(at: "-3::")),
      ("::1.", .ipv4EmptyField(at: ".")),
      ("::1.2.3", .ipv4TooShort),
      ("::1.2.3.4.5", .ipv4TooLong),
      ("::01.2.3.4", .ipv4LeadingZero),
      ("::1.2.3.256", .ipv4FieldTooLarge),
      ("::1.2.x.4", .ipv4UnexpectedCharacter(at: "x.4")),
      ("1:1.2.3.4", .embeddedIPv4Misplaced(at: "1.2.3.4")),
      ("1:2:3:4:5:6:7:1.2.3.4", .embeddedIPv4Misplaced(at: "1.2.3.4")),
      ("::2:3:4:5:6:7:8:1.2.3.4", .embeddedIPv4DoesNotFit(at: "1.2.3.4")),
      ("::1:2:3:4:5:6:7:1.2.3.4", .embeddedIPv4DoesNotFit(at: "1.2.3.4")),
      ("::1.2.3.4:5", .ipv4UnexpectedCharacter(at: ":5")),
      ("1.2.3.4:5", .ipv4UnexpectedCharacter(at: ":5")),
      ("1:2:3:4:5:6:7:g", .emptyGroup(at: "g")),
      ("::ü", .emptyGroup(at: "ü")),
      ("1.2.3.4ü", .ipv4UnexpectedCharacter(at: "ü")),
      ("::fffff", .groupTooLong(at: "fffff")),
      ("10.0.0.1:80", .ipv4UnexpectedCharacter(at: ":80")),
      ("[::1]", .emptyGroup(at: "[::1]")),
      ("fe80::1/64", .missingColon(at: "/64")),
      ("1:2:3:4:5:6:7:8x::%eth0", .missingColon(at: "x::")),
      ("::12345.1.1.1", .groupTooLong(at: "12345.1.1.1")),
      ("x::1%eth0", .emptyGroup(at: "x::1")),
    ] as [(String, IPAddressError)])
  func malformedTextIsRefused(_ text: String, _ expected: IPAddressError) {
    #expect(throws: expected) { try IPAddress(parsing: text) }
    #expect(IPAddress(text) == nil)
  }

  @Test(
    arguments: [
      ("10.0.0.1", 0x0a00_0001), ("::ffff:1.2.3.4", 0xffff_0102_0304), ("1::", 1 << 112),
      ("1:2:3:4:5:6:7:8", 0x0001_0002_0003_0004_0005_0006_0007_0008), ("::", 0),
      ("1:2::7:8", 0x0001_0002_0000_0000_0000_0000_0007_0008),
    ] as [(String, UInt128)])
  func leftmostGroupIsMostSignificant(_ text: String, _ value: UInt128) {
    #expect(IPAddress(text)?.value == value)
  }
}
