import AddressPools
import Addressing
import Testing

struct SubnetLeasesTests {
  /// The rows hold the addresses that Docker Engine 28.5 and 29.7 put on the bridge.
  @Test(
    arguments: [
      ("10.199.0.0/24", nil, "10.199.0.1"), ("10.199.0.0/30", nil, "10.199.0.1"),
      ("10.199.0.0/31", nil, "10.199.0.0"), ("10.199.0.0/32", nil, "10.199.0.0"),
      ("10.199.0.0/24", "10.199.0.64/30", "10.199.0.64"),
      ("10.199.0.0/24", "10.199.0.0/30", "10.199.0.1"),
      ("10.199.0.0/24", "10.199.0.0/31", "10.199.0.1"),
      ("10.199.0.0/24", "10.199.0.254/31", "10.199.0.254"),
      ("10.199.0.0/24", "10.199.0.252/30", "10.199.0.252"),
      ("10.199.0.0/24", "10.199.0.7/32", "10.199.0.7"),
      ("10.199.0.0/24", "10.199.0.129/25", "10.199.0.128"),
      ("10.199.0.0/31", "10.199.0.1/32", "10.199.0.1"),
      ("fd99::/64", nil, "fd99::1"), ("fd99::/126", nil, "fd99::1"), ("fd99::/127", nil, "fd99::1"),
      ("fd99::/64", "fd99::1000/116", "fd99::1000"), ("fd99::/64", "fd99::/127", "fd99::1"),
      ("fd99::/64", "fd99::1/128", "fd99::1"),
      ("10.199.0.0/24", "10.199.0.0/32", nil), ("10.199.0.0/24", "10.199.0.255/32", nil),
      ("fd99::/128", nil, nil), ("fd99::/64", "fd99::/128", nil),
    ] as [(String, String?, String?)])
  func gatewayIsTheFirstUsableAddress(
    _ subnet: String, _ range: String?, _ expected: String?
  ) throws {
    var leases = try leases(subnet, range)

    if let expected {
      #expect(try leases.leaseGateway().description == expected)
    } else {
      #expect(throws: LeaseError.exhausted) { try leases.leaseGateway() }
    }
  }

  /// The rows hold what Docker Engine 29.7 reports as `Status` after creating the network.
  @Test(
    arguments: [
      ("10.20.0.0/24", nil, 3, 253), ("172.18.0.0/16", nil, 3, 65533),
      ("2001:db8:80::/64", nil, 2, 18_446_744_073_709_551_614),
    ] as [(String, String?, UInt64, UInt64)])
  func freshNetworkCountsAsInDocker(
    _ subnet: String, _ range: String?, _ inUse: UInt64, _ available: UInt64
  ) throws {
    var leases = try leases(subnet, range)

    _ = try leases.leaseGateway()

    #expect(leases.inUseCount == inUse)
    #expect(leases.availableCount == available)
  }

  @Test(
    arguments: [
      ("10.0.0.0/24", nil, 2, 254), ("10.0.0.0/24", "10.0.0.64/26", 2, 64),
      ("10.0.0.0/24", "10.0.0.0/25", 2, 127), ("10.0.0.0/24", "10.0.0.0/8", 2, 254),
      ("10.0.0.0/31", nil, 0, 2), ("10.0.0.0/32", nil, 0, 1), ("10.0.0.0/30", nil, 2, 2),
      ("0.0.0.0/0", nil, 2, 4_294_967_294), ("fd00::/127", nil, 1, 1), ("fd00::/128", nil, 1, 0),
      ("fd00::/48", nil, 1, .max), ("fd00::/64", "fd00::1:0/112", 1, 65536), ("::/0", nil, 1, .max),
      ("fd00::/63", "fd00:0:0:1::/64", 1, .max),
    ] as [(String, String?, UInt64, UInt64)])
  func onlyReservedAddressesAreInUseAtFirst(
    _ subnet: String, _ range: String?, _ inUse: UInt64, _ available: UInt64
  ) throws {
    let leases = try leases(subnet, range)

    #expect(leases.inUseCount == inUse)
    #expect(leases.availableCount == available)
  }

  @Test func lowestFreeAddressIsGivenAndReused() throws {
    var leases = try leases("10.60.0.0/24")
    _ = try leases.leaseGateway()

    let first = try leases.leaseLowest()
    let second = try leases.leaseLowest()
    leases.release(first)
    let third = try leases.leaseLowest()
    let fourth = try leases.leaseLowest()

    #expect(
      [first, second, third, fourth].map(\.description) == [
        "10.60.0.2", "10.60.0.3", "10.60.0.2", "10.60.0.4",
      ])
  }

  @Test func rangeAndAuxiliaryAddressLimitTheChoice() throws {
    var leases = try leases("10.61.0.0/24", "10.61.0.8/30")
    #expect(try leases.leaseGateway().description == "10.61.0.8")
    try leases.lease(try address("10.61.0.9"))

    #expect(try leases.leaseLowest().description == "10.61.0.10")
    #expect(try leases.leaseLowest().description == "10.61.0.11")
    #expect(throws: LeaseError.exhausted) { try leases.leaseLowest() }
    #expect(leases.availableCount == 0)
    try leases.lease(try address("10.61.0.200"))
    #expect(leases.inUseCount == 7)
  }

  @Test func smallSubnetIsExhaustedAndServesAgain() throws {
    var leases = try leases("10.62.0.0/30")
    _ = try leases.leaseGateway()
    let only = try leases.leaseLowest()

    #expect(throws: LeaseError.exhausted) { try leases.leaseLowest() }
    leases.release(only)

    #expect(try leases.leaseLowest() == only)
  }

  @Test func pointToPointSubnetGivesBothAddresses() throws {
    var leases = try leases("10.63.0.0/31")

    #expect(try leases.leaseGateway().description == "10.63.0.0")
    #expect(try leases.leaseLowest().description == "10.63.0.1")
    #expect(throws: LeaseError.exhausted) { try leases.leaseLowest() }
  }

  @Test(
    arguments: [
      ("10.3.0.0/24", "10.3.0.0", .inUse), ("10.3.0.0/24", "10.3.0.255", .inUse),
      ("10.3.0.0/24", "10.3.1.0", .outsideSubnet), ("10.3.0.0/24", "10.2.255.255", .outsideSubnet),
      ("10.3.0.0/24", "fd00::1", .outsideSubnet), ("fd00::/64", "fd00::", .inUse),
      ("fd00::/127", "fd00::", .inUse), ("fd00::/64", "::ffff:10.3.0.1", .outsideSubnet),
    ] as [(String, String, LeaseError)])
  func someAddressesCannotBeLeased(
    _ subnet: String, _ text: String, _ expected: LeaseError
  ) throws {
    var leases = try leases(subnet)
    let address = try address(text)

    #expect(throws: expected) { try leases.lease(address) }
    #expect(leases == (try self.leases(subnet)))
  }

  @Test(arguments: [
    ("10.3.0.0/31", "10.3.0.1"), ("10.3.0.0/32", "10.3.0.0"), ("fd00::/127", "fd00::1"),
    ("fd00::/64", "fd00::ffff:ffff:ffff:ffff"), ("0.0.0.0/0", "10.0.0.1"),
    ("::/0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
  ])
  func chosenAddressIsLeasedOnce(_ subnet: String, _ text: String) throws {
    var leases = try leases(subnet)
    let address = try address(text)

    try leases.lease(address)

    #expect(leases.isLeased(address))
    #expect(throws: LeaseError.inUse) { try leases.lease(address) }
    leases.release(address)
    #expect(!leases.isLeased(address))
  }

  @Test func reservedAddressesStayReserved() throws {
    var leases = try leases("10.3.0.0/24")
    let fresh = leases

    leases.release(try address("10.3.0.0"))
    leases.release(try address("10.3.0.255"))
    leases.release(try address("10.4.0.1"))
    leases.release(try address("10.3.0.9"))

    #expect(leases == fresh)
  }

  @Test(arguments: ["10.4.0.0/25", "fd00::/64", "10.3.1.0/32"])
  func rangeMustBeInTheSubnet(_ range: String) throws {
    let subnet = try IPPrefix(parsing: "10.3.0.0/24")
    let range = try IPPrefix(parsing: range)

    #expect(throws: LeaseError.rangeOutsideSubnet) {
      try SubnetLeases(subnet: subnet, range: range)
    }
    #expect(throws: LeaseDecodingError.rangeOutsideSubnet) {
      try SubnetLeases(subnet: subnet, range: range, encodedRanges: "0,255")
    }
  }

  @Test func thousandLeasesInARowAreOneRange() throws {
    var leases = try leases("10.3.0.0/16")

    for _ in 0..<1_000 { _ = try leases.leaseLowest() }

    #expect(leases.encodedRanges == "0-1000,65535")
  }

  @Test func agreesWithASetOfAddresses() throws {
    var random = SplitMix64(state: 11)
    let subnet = try IPPrefix(parsing: "10.0.0.0/26")
    let range = try IPPrefix(parsing: "10.0.0.16/28")
    var leases = try SubnetLeases(subnet: subnet, range: range)
    var model: Set<UInt32> = [0, 63]
    let reserved = model

    for _ in 0..<20_000 {
      let offset = UInt32.random(in: 0..<64, using: &random)
      let address = IPAddress(ipv4: 0x0a00_0000 + offset)
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        let isNew = (try? leases.lease(address)) != nil
        #expect(isNew == model.insert(offset).inserted)
      case 1:
        let lowest = (16..<32).first { !model.contains(UInt32($0)) }.map(UInt32.init)
        let leased = (try? leases.leaseLowest()).map { UInt32($0.value & 0xff) }
        #expect(leased == lowest)
        if let lowest { model.insert(lowest) }
      default:
        leases.release(address)
        if !reserved.contains(offset) { model.remove(offset) }
      }
      #expect(leases.isLeased(address) == model.contains(offset))
      #expect(leases.inUseCount == UInt64(model.count))
      #expect(leases.availableCount == UInt64((16..<32).count { !model.contains($0) }))
      let decoded = try SubnetLeases(
        subnet: subnet, range: range, encodedRanges: leases.encodedRanges)
      #expect(decoded == leases)
    }
  }

  @Test func leasesOfASubnetAreCompared() throws {
    let subnet = try IPPrefix(parsing: "10.0.0.0/24")
    let one = try SubnetLeases(subnet: subnet, range: nil, encodedRanges: "0-3,9,255")
    let other = try SubnetLeases(subnet: subnet, range: nil, encodedRanges: "0,2-4,255")

    #expect(one.addresses(freeIn: other) == [try address("10.0.0.1"), try address("10.0.0.9")])
    #expect(one.count(freeIn: other) == 2)
    #expect(other.addresses(freeIn: one) == [try address("10.0.0.4")])
    #expect(one.count(freeIn: one) == 0)
  }

  @Test func countOfALargeDifferenceIsCut() throws {
    let subnet = try IPPrefix(parsing: "fd00::/16")
    let all = try SubnetLeases(
      subnet: subnet, range: nil, encodedRanges: "0-5,9-\(UInt128(1) << 100)")

    #expect(all.count(freeIn: SubnetLeases(subnet: subnet)) == .max)
  }

  private func leases(_ subnet: String, _ range: String? = nil) throws -> SubnetLeases {
    try SubnetLeases(
      subnet: try IPPrefix(parsing: subnet),
      range: try range.map { text in try IPPrefix(parsing: text) })
  }

  private func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }
}

extension SubnetLeases {
  /// Whether an address of the subnet cannot be leased.
  func isLeased(_ address: IPAddress) -> Bool {
    var leases = self
    do throws(LeaseError) {
      try leases.lease(address)
      return false
    } catch {
      return true
    }
  }
}
