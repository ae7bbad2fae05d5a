import AddressPools
import Addressing
import Testing

struct FirstFreeSubnetTests {
  @Test func defaultPoolsGiveDockersThirtyOneSubnetsInOrder() throws {
    var taken: [IPPrefix] = []

    while let next = firstFreeSubnet(in: AddressPool.dockerDefaults, taken: taken, avoiding: []) {
      taken.append(next)
    }

    let sixteens = (17...31).map { "172.\($0).0.0/16" }
    let twenties = stride(from: 0, to: 256, by: 16).map { "192.168.\($0).0/20" }
    #expect(taken.map(\.description) == sixteens + twenties)
  }

  @Test(
    arguments: [
      ("nothing in the way", ["10.0.0.0/8 24"], [], "10.0.0.0/24"),
      ("lowest gap", ["10.0.0.0/8 24"], ["10.0.0.0/24", "10.0.2.0/24"], "10.0.1.0/24"),
      (
        "unsorted and repeated", ["10.0.0.0/8 24"],
        ["10.0.1.0/24", "10.0.0.0/24", "10.0.1.0/24"], "10.0.2.0/24"
      ),
      ("larger subnet in the way", ["10.0.0.0/8 24"], ["10.0.0.0/12"], "10.16.0.0/24"),
      ("smaller subnet in the way", ["10.0.0.0/8 24"], ["10.0.0.200/30"], "10.0.1.0/24"),
      (
        "nested subnets", ["10.0.0.0/8 24"], ["10.0.0.0/16", "10.0.3.0/24", "10.0.3.8/29"],
        "10.1.0.0/24"
      ),
      ("host bits", ["10.0.0.0/8 24"], ["10.0.0.77/24"], "10.0.1.0/24"),
      (
        "block around the pool", ["10.0.0.0/16 24", "10.9.0.0/16 24"], ["10.0.0.0/13"],
        "10.9.0.0/24"
      ),
      ("everything is taken", ["10.0.0.0/8 24"], ["10.0.0.0/8"], nil),
      ("last subnet", ["10.0.0.0/30 31"], ["10.0.0.0/31"], "10.0.0.2/31"),
      ("full pool", ["10.0.0.0/30 31"], ["10.0.0.1/32", "10.0.0.2/32"], nil),
      ("other family", ["10.0.0.0/8 24"], ["::/0"], "10.0.0.0/24"),
      ("end of all addresses", ["255.255.255.0/24 25"], ["255.255.255.0/24"], nil),
      ("pools by address", ["192.168.0.0/16 20", "10.0.0.0/8 24"], [], "10.0.0.0/24"),
      (
        "pool inside a pool", ["10.0.0.0/15 16", "10.0.0.0/24 26", "10.8.0.0/16 24"],
        ["10.0.0.0/32", "10.1.0.0/32"], "10.8.0.0/24"
      ),
      ("pool with host bits", ["10.0.0.9/8 24"], [], "10.0.0.0/24"),
      (
        "IPv6", ["fdfc:9e56:63b::/48 64"], ["fdfc:9e56:63b::/64", "fdfc:9e56:63b:1::/64"],
        "fdfc:9e56:63b:2::/64"
      ),
      ("end of IPv6", ["ffff:ffff:ffff:fff0::/60 64"], ["ffff:ffff:ffff:fff0::/60"], nil),
      ("no pools", [], [], nil),
    ] as [(String, [String], [String], String?)])
  func lowestFreeSubnetIsChosen(
    _ name: String, _ pools: [String], _ obstacles: [String], _ expected: String?
  ) throws {
    let pools = try pools.map(pool)
    let obstacles = try obstacles.map { text in try IPPrefix(parsing: text) }

    #expect(
      firstFreeSubnet(in: pools, taken: obstacles, avoiding: [])?.description == expected)
    #expect(
      firstFreeSubnet(in: pools, taken: [], avoiding: obstacles)?.description == expected)
  }

  @Test(
    arguments: [
      (24, "172.17.0.0/24"), (14, "172.20.0.0/14"), (13, nil), (32, "172.17.0.0/32"), (33, nil),
      (0, "172.17.0.0/16"), (-1, nil), (128, nil),
    ] as [(Int, String?)])
  func requestedLengthReplacesThatOfThePools(_ length: Int, _ expected: String?) {
    let subnet = firstFreeSubnet(
      in: AddressPool.dockerDefaults, taken: [], avoiding: [], requestedLength: length)

    #expect(subnet?.description == expected)
  }

  @Test func manyNetworksInALargePoolAreCheap() throws {
    let pool = try pool("10.0.0.0/8 24")
    let taken = try (0..<60_000).map { index in
      try IPPrefix(parsing: "10.\(index / 256).\(index % 256).0/24")
    }

    #expect(
      firstFreeSubnet(in: [pool], taken: taken, avoiding: [])?.description == "10.234.96.0/24")
  }

  @Test func agreesWithTryingEveryCandidate() throws {
    var random = SplitMix64(state: 7)
    for _ in 0..<300 {
      let pools = try ["10.0.0.0/26 29", "10.0.0.128/25 28"].map(pool)
      let obstacles = (0..<Int.random(in: 0...12, using: &random)).compactMap { _ in
        IPPrefix(
          address: IPAddress(ipv4: 0x0a00_0000 + UInt32.random(in: 0..<256, using: &random)),
          length: Int.random(in: 26...32, using: &random))
      }
      let candidates = pools.flatMap { pool in
        stride(
          from: pool.base.first.value, through: pool.base.last.value,
          by: 1 << (32 - pool.size)
        ).compactMap { value in
          IPAddress(family: .ipv4, value: value).flatMap {
            IPPrefix(address: $0, length: pool.size)
          }
        }
      }

      let expected = candidates.first { candidate in
        !obstacles.contains { $0.overlaps(candidate) }
      }

      #expect(firstFreeSubnet(in: pools, taken: obstacles, avoiding: []) == expected)
    }
  }

  private func pool(_ text: String) throws -> AddressPool {
    let parts = text.split(separator: " ").map(String.init)
    let base = try IPPrefix(parsing: parts[0])
    let size = try #require(Int(parts[1]))
    return try #require(AddressPool(base: base, size: size))
  }
}
