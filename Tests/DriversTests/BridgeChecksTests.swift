import Addressing
import Drivers
import NetworkModel
import Testing

/// What the bridge driver refuses of subnets.
struct BridgeChecksTests {
  @Test(
    arguments: [
      ("ff00::/64", "ff00::1", .multicastSubnet(gateway: address("ff00::1"), length: 64)),
      ("ff00::/64", nil, .multicastSubnet(gateway: address("ff00::"), length: 64)),
      ("fe80::/80", "fe80::1", .linkLocalClash(gateway: address("fe80::1"), length: 80)),
      ("fe80::/10", "fe80::1", .linkLocalClash(gateway: address("fe80::1"), length: 10)),
      ("fe80::/64", "fe80::1", nil),
      ("fe80:0:0:1::/64", "fe80:0:0:1::1", nil),
    ] as [(String, String?, NetworkProblem?)])
  func someSubnetsOfIPv6AreNotForInterfaces(
    _ subnet: String, gateway: String?, reason: NetworkProblem?
  ) throws {
    let driver = try Sample.network(subnets: [(subnet, gateway)], families: [.ipv6]).makeDriver()

    if let reason {
      #expect(throws: reason) { try driver.checkSubnets() }
    } else {
      try driver.checkSubnets()
    }
  }

  @Test func bridgeHasOneSubnetOfEachFamily() throws {
    let driver = try #require(DriverRegistry.builtIn.driver(named: .bridge))
    let subnets = try ["10.0.0.0/24", "fd00::/64", "10.0.1.0/24"].map {
      SubnetConfiguration(subnet: try IPPrefix(parsing: $0))
    }

    try driver.check(Array(subnets.prefix(2)))
    #expect(throws: NetworkProblem.severalSubnets) { try driver.check(subnets) }
  }

  private static func address(_ text: String) -> IPAddress { IPAddress(text)! }
}
