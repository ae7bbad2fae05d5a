import AddressPools
import Addressing
import Testing

struct SubnetLeasesEncodingTests {
  @Test(arguments: [
    ("10.0.0.0/24", "0-1,5,255"), ("10.0.0.0/24", "0,255"), ("10.0.0.0/24", "0-255"),
    ("10.0.0.0/31", ""), ("10.0.0.0/31", "1"), ("10.0.0.0/32", "0"), ("fd00::/64", "0"),
    ("fd00::/64", "0-1,18446744073709551615"),
    ("::/0", "0,340282366920938463463374607431768211455"),
    ("::/0", "0-340282366920938463463374607431768211455"),
  ])
  func survivesWritingAndReading(_ subnet: String, _ text: String) throws {
    let leases = try decoded(text, of: subnet)

    #expect(leases.encodedRanges == text)
  }

  @Test func readAddressesAreInUse() throws {
    let leases = try decoded("0-1,5,255", of: "10.0.0.0/24")

    #expect(leases.inUseCount == 4)
    for (text, isLeased) in [("10.0.0.1", true), ("10.0.0.2", false), ("10.0.0.5", true)] {
      #expect(leases.isLeased(try #require(IPAddress(text))) == isLeased)
    }
  }

  @Test func missingReservedAddressesAreInUseAgain() throws {
    #expect(try decoded("", of: "10.0.0.0/24").encodedRanges == "0,255")
    #expect(try decoded("1-3,254", of: "10.0.0.0/24").encodedRanges == "0-3,254-255")
  }

  @Test(
    arguments: [
      ("x", .malformed("x")), ("0,", .malformed("")), (",", .malformed("")),
      ("0,,5", .malformed("")),
      ("0-", .malformed("0-")), ("-1", .malformed("-1")), ("0-1-2", .malformed("0-1-2")),
      ("5-3", .malformed("5-3")), ("5-5", .malformed("5-5")), ("+1", .malformed("+1")),
      (" 1", .malformed(" 1")), ("01", .malformed("01")), ("0x1", .malformed("0x1")),
      ("٣", .malformed("٣")), ("1 ", .malformed("1 ")), ("1-+2", .malformed("1-+2")),
      (
        "99999999999999999999999999999999999999999999",
        .malformed("99999999999999999999999999999999999999999999")
      ),
      ("0-1,1", .outOfOrder("1")), ("0-1,2", .outOfOrder("2")), ("5,3", .outOfOrder("3")),
      ("0-9,4-12", .outOfOrder("4-12")), ("5,5", .outOfOrder("5")),
      ("256", .outsideSubnet("256")), ("0,255-256", .outsideSubnet("255-256")),
    ] as [(String, LeaseDecodingError)])
  func anythingElseIsRefused(_ text: String, _ expected: LeaseDecodingError) {
    #expect(throws: expected) { try decoded(text, of: "10.0.0.0/24") }
  }

  private func decoded(_ text: String, of subnet: String) throws -> SubnetLeases {
    try SubnetLeases(
      subnet: try IPPrefix(parsing: subnet), range: nil, encodedRanges: text)
  }
}
