import Addressing
import NetworkModel
import Testing

struct NetworkTests {
  @Test func gatewayIsTheBridgesOwnUnlessAnAuxiliaryAddressReplacesIt() throws {
    let network = try network([
      ("10.0.0.0/24", "10.0.0.1", ["printer": "10.0.0.9", "DefaultGatewayIPv4": "10.0.0.254"]),
      ("fd00::/64", "fd00::1", ["DefaultGatewayIPv4": "fd00::2"]),
    ])

    #expect(network.gateway(.ipv4) == IPAddress("10.0.0.254"))
    #expect(network.gateway(.ipv6) == IPAddress("fd00::1"))
  }

  @Test func familyWithoutSubnetHasNoGateway() throws {
    let network = try network([("10.0.0.0/24", nil, [:])])

    #expect(network.gateway(.ipv4) == nil)
    #expect(network.gateway(.ipv6) == nil)
  }

  @Test func configurationOnlyNetworkHasNoSubnetsOfItsOwn() throws {
    let network = try network([("10.0.0.0/24", "10.0.0.1", [:])], isConfigurationOnly: true)

    #expect(network.subnets.isEmpty)
    #expect(network.ipam.subnets?.count == 1)
  }

  @Test(arguments: [
    ("bridge", true), ("host", true), ("none", true), ("null", false), ("Bridge", false),
    ("bridge ", false),
  ])
  func predefinedNetworksAreKnownByName(_ name: String, isPredefined: Bool) throws {
    #expect(try network([], name: name).isPredefined == isPredefined)
  }

  private func network(
    _ subnets: [(String, String?, [String: String])], name: String = "n",
    isConfigurationOnly: Bool = false
  ) throws -> Network {
    Network(
      id: try #require(NetworkID(String(repeating: "1", count: 64))), name: name,
      created: Timestamp(nanoseconds: 0), driver: .bridge,
      ipam: IPAMConfiguration(
        subnets: try subnets.map { subnet, gateway, auxiliary in
          SubnetConfiguration(
            subnet: try IPPrefix(parsing: subnet), gateway: gateway.flatMap { IPAddress($0) },
            auxiliaryAddresses: auxiliary.compactMapValues { IPAddress($0) })
        }),
      isConfigurationOnly: isConfigurationOnly)
  }
}
