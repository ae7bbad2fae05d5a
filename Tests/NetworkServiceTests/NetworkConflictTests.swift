import Addressing
import Drivers
import KernelModel
import NetworkModel
import Testing

@testable import NetworkService

/// Networks on record that cannot both be.
struct CollisionTests {
  @Test func networksThatCreateAcceptsDoNotCollide() throws {
    let networks = [
      try network(1, "a", ["10.0.0.0/24", "fd00::/64"]), try network(2, "b", ["10.0.1.0/24"]),
      try network(3, "c", []), try network(4, "d", ["9.0.0.0/8", "fd00:0:0:1::/64"]),
      try network(5, "A", ["10.0.2.0/23"], bridge: "br0"), try network(6, "e", [], bridge: "br1"),
    ]

    #expect(NetworkConflict.all(among: networks, .builtIn) == [])
  }

  @Test(arguments: [
    (["10.0.0.0/24"], ["10.0.0.0/24"]), (["10.0.0.0/8"], ["10.200.0.0/16"]),
    (["10.200.0.0/16"], ["10.0.0.0/8"]), (["9.0.0.0/8", "fd00:1::/32"], ["fd00::/16"]),
  ])
  func subnetsThatOverlapCollide(one: [String], other: [String]) throws {
    let networks = [
      try network(2, "younger", other), try network(3, "beside", ["172.16.0.0/12"]),
      try network(1, "older", one),
    ]

    let found = NetworkConflict.all(among: networks, .builtIn)

    #expect(found.map(\.first.name) == ["older"] && found.map(\.second.name) == ["younger"])
    let subnets = (try IPPrefix(parsing: one.last ?? ""), try IPPrefix(parsing: other.last ?? ""))
    #expect(found.map(\.subject) == [.subnets(subnets.0, subnets.1)])
  }

  @Test func eachSubnetInsideOfAnotherCollides() throws {
    let networks = [
      try network(1, "a", ["10.0.0.0/8"]), try network(2, "b", ["10.1.0.0/16"]),
      try network(3, "c", ["10.2.0.0/16"]), try network(4, "d", ["11.0.0.0/8"]),
    ]

    #expect(NetworkConflict.all(among: networks, .builtIn).map(\.second.name) == ["b", "c"])
  }

  @Test func networkCollidesWithTheOldestThatItOverlaps() throws {
    let networks = [
      try network(1, "a", ["10.1.0.0/24"]), try network(2, "b", ["10.1.0.0/16"]),
      try network(3, "c", ["10.0.0.0/8"]), try network(4, "d", ["10.1.1.0/24"]),
    ]

    let pairs = NetworkConflict.all(among: networks, .builtIn).map {
      $0.first.name + $0.second.name
    }

    #expect(pairs.sorted() == ["ab", "ac", "bd"])
  }

  @Test func thousandsOfCopiesAreNoMoreFindingsThanNetworks() throws {
    let networks = try (1...3000).map { try network($0, "n\($0)", ["10.0.0.0/24"]) }

    let found = NetworkConflict.all(among: networks, .builtIn)

    #expect(found.map(\.second) == Array(networks.dropFirst()))
    #expect(found.allSatisfy { $0.first == networks[0] })
  }

  @Test func equalNamesAndBridgesCollide() throws {
    let networks = [
      try network(1, "a", [], bridge: "br0"), try network(2, "b", [], bridge: "br0"),
      try network(3, "b", []),
    ]

    let found = NetworkConflict.all(among: networks, .builtIn)

    #expect(found.map(\.subject) == [.name, .device(InterfaceName("br0"))])
    #expect(found.map(\.first) == [networks[1], networks[0]])
    #expect(found.map(\.second) == [networks[2], networks[1]])
  }

  @Test func bridgeThatIsThereStays() throws {
    let networks = try (1...2).map { try network($0, "n\($0)", ["10.0.0.0/24"]) }
    let (older, younger) = (networks[0].id, networks[1].id)
    func networksToSkip(without ids: NetworkID...) -> Set<NetworkID> {
      NetworkConflict.networksToSkip(among: networks, .builtIn, withoutBridge: Set(ids))
    }

    #expect(networksToSkip() == [])
    #expect(networksToSkip(without: older) == [older])
    #expect(networksToSkip(without: younger) == [younger])
    #expect(networksToSkip(without: older, younger) == [younger])
  }

  @Test func networkThatOverlapsOneWithABridgeGetsNone() throws {
    let networks = try [
      network(1, "a", ["10.1.0.0/24"]), network(2, "b", ["10.0.0.0/8"]),
      network(3, "c", ["10.1.0.0/16"]), network(4, "d", ["10.2.0.0/16"]),
    ]
    let ids = networks.map(\.id)

    #expect(
      NetworkConflict.networksToSkip(
        among: networks, .builtIn, withoutBridge: [ids[0], ids[1], ids[3]])
        == [ids[0], ids[1], ids[3]])
    #expect(
      NetworkConflict.networksToSkip(
        among: networks, .builtIn, withoutBridge: [ids[0], ids[2], ids[3]])
        == [ids[0], ids[2], ids[3]])
    #expect(
      NetworkConflict.networksToSkip(among: networks, .builtIn, withoutBridge: Set(ids))
        == [ids[1], ids[2], ids[3]])
    #expect(
      NetworkConflict.networksToSkip(among: networks, .builtIn, withoutBridge: [ids[0], ids[3]])
        == [ids[0], ids[3]])
  }

  private func network(
    _ age: Int64, _ name: String, _ subnets: [String], bridge: String? = nil
  ) throws -> Network {
    let digits = "\(age)f"
    return Network(
      id: try #require(NetworkID(digits + String(repeating: "0", count: 64 - digits.count))),
      name: name,
      created: Timestamp(nanoseconds: age), driver: .bridge,
      ipam: IPAMConfiguration(
        subnets: try subnets.map { SubnetConfiguration(subnet: try IPPrefix(parsing: $0)) }),
      options: bridge.map { ["com.docker.network.bridge.name": $0] } ?? [:])
  }
}
