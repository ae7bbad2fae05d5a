import AddressPools
import Addressing
import NetworkModel
import StateStore
import Testing

@testable import NetworkService

struct SubnetAllocationTests {
  @Test func automaticSubnetIsTheLowestFreeBlock() throws {
    var allocation = try allocation(taken: ["172.17.0.0/16", "172.18.5.0/24"])

    try allocation.allocate([], families: [.ipv4])

    #expect(allocation.configurations == [configuration("172.19.0.0/16", "172.19.0.1")])
  }

  @Test func automaticSubnetAvoidsRoutesOfTheHost() throws {
    var allocation = try allocation(routed: ["172.16.0.0/14", "172.20.3.0/30"])

    try allocation.allocate([], families: [.ipv4])

    #expect(allocation.configurations.map(\.subnet.description) == ["172.21.0.0/16"])
  }

  @Test func poolsEnd() throws {
    var allocation = try allocation(
      taken: ["172.16.0.0/12", "192.168.0.0/16"], routed: ["172.18.0.0/16"])

    #expect(throws: DefinitionError.poolsExhausted(routes: [])) {
      try allocation.allocate([], families: [.ipv4])
    }
  }

  @Test func routesInTheWayAreNamed() throws {
    let routes = ["172.17.0.0/16", "192.168.0.0/16"]
    var allocation = try allocation(
      taken: ["172.18.0.0/15", "172.20.0.0/14", "172.24.0.0/13"],
      routed: ["0.0.0.0/1", "10.0.0.0/8", "172.20.0.0/16"] + routes)

    let named = try routes.map { try IPPrefix(parsing: $0) }
    #expect(throws: DefinitionError.poolsExhausted(routes: named)) {
      try allocation.allocate([], families: [.ipv4])
    }
  }

  @Test(
    arguments: [
      (["0.0.0.0/1", "128.0.0.0/1"], "172.17.0.0/16"),
      (["172.16.0.0/12", "192.168.0.0/16"], "172.17.0.0/16"),
      (["0.0.0.0/1", "128.0.0.0/1", "172.17.0.0/16", "172.18.9.0/24"], "172.19.0.0/16"),
      (["172.16.0.0/12"], "192.168.0.0/20"),
    ])
  func routeOfEverythingIsNoNetwork(_ routes: [String], expected: String) throws {
    var allocation = try allocation(routed: routes)

    try allocation.allocate([], families: [.ipv4])

    #expect(allocation.configurations.map(\.subnet.description) == [expected])
  }

  @Test func wideNetworkThatTheHostIsOnIsNoRouteOfEverything() throws {
    let connected = ["172.16.0.0/12", "192.168.0.0/16"]
    var allocation = try allocation(routed: ["0.0.0.0/1"] + connected, connected: connected)

    let named = try connected.map { try IPPrefix(parsing: $0) }
    #expect(throws: DefinitionError.poolsExhausted(routes: named)) {
      try allocation.allocate([], families: [.ipv4])
    }
  }

  @Test func chosenSubnetMayLieOnAHostRoute() throws {
    var allocation = try allocation(routed: ["10.0.0.0/8"])

    try allocation.allocate([request("10.1.0.0/24")], families: [.ipv4])

    #expect(allocation.configurations == [configuration("10.1.0.0/24", "10.1.0.1")])
  }

  @Test(arguments: ["10.1.0.0/24", "10.1.0.0/25", "10.0.0.0/8"])
  func chosenSubnetMayNotOverlapAnotherNetworks(_ subnet: String) throws {
    var allocation = try allocation(taken: ["10.1.0.0/24"])

    #expect(throws: DefinitionError.poolOverlap) {
      try allocation.allocate([request(subnet)], families: [.ipv4])
    }
  }

  @Test(arguments: [("0.0.0.0/24", "172.17.0.0/24"), ("0.0.0.0/0", "172.17.0.0/16")])
  func unspecifiedSubnetAsksForALength(_ subnet: String, expected: String) throws {
    var allocation = try allocation()

    try allocation.allocate([request(subnet)], families: [.ipv4])

    #expect(allocation.configurations.map(\.subnet.description) == [expected])
  }

  @Test func ipv6ComesFromTheHostsOwnBlock() throws {
    var allocation = try allocation(taken: ["fd12:3456:789a::/64"])

    try allocation.allocate([request("10.1.0.0/24")], families: [.ipv4, .ipv6])

    #expect(
      allocation.configurations == [
        configuration("10.1.0.0/24", "10.1.0.1"),
        configuration("fd12:3456:789a:1::/64", "fd12:3456:789a:1::1"),
      ])
  }

  @Test func chosenSubnetsComeBeforeAutomaticOnes() throws {
    var allocation = try allocation()

    try allocation.allocate([request("fd01::/64")], families: [.ipv4, .ipv6])

    #expect(
      allocation.configurations.map(\.subnet.description) == ["fd01::/64", "172.17.0.0/16"])
  }

  @Test func twoSubnetsOfOneRequestDoNotOverlap() throws {
    var allocation = try allocation()

    try allocation.allocate(
      [request("0.0.0.0/24"), request("0.0.0.0/24")], families: [.ipv4])

    #expect(
      allocation.configurations.map(\.subnet.description) == ["172.17.0.0/24", "172.17.1.0/24"])
  }

  @Test(
    arguments: [
      ("10.3.0.0/24", "10.3.0.0", .gatewayUnavailable("10.3.0.0", isTaken: true)),
      ("10.3.0.0/24", "10.3.0.255", .gatewayUnavailable("10.3.0.255", isTaken: true)),
      ("fd00::/128", nil, .gatewayUnavailable("", isTaken: false)),
    ] as [(String, String?, DefinitionError)])
  func gatewayCannotBeHad(_ subnet: String, gateway: String?, reason: DefinitionError) throws {
    var allocation = try allocation()
    var request = try request(subnet)
    request.gateway = gateway.flatMap { IPAddress($0) }

    #expect(throws: reason) { try allocation.allocate([request], families: [request.family]) }
  }

  @Test(arguments: ["10.3.0.0/31", "10.3.0.0/32", "127.0.0.0/24", "224.0.0.0/24"])
  func unusualSubnetsAreAccepted(_ subnet: String) throws {
    var allocation = try allocation()

    try allocation.allocate([request(subnet)], families: [.ipv4])

    #expect(allocation.configurations.map(\.subnet.description) == [subnet])
  }

  @Test func gatewayIsTakenBeforeAuxiliaryAddresses() throws {
    var allocation = try allocation()
    var request = try request("10.3.0.0/24")
    request.auxiliaryAddresses = ["a": try #require(IPAddress("10.3.0.1"))]

    #expect(
      throws: DefinitionError.auxiliaryAddressUnavailable(
        name: "a", try #require(IPAddress("10.3.0.1")))
    ) { try allocation.allocate([request], families: [.ipv4]) }
  }

  @Test func auxiliaryAddressesAreTakenByName() throws {
    var allocation = try allocation()
    var request = try request("10.3.0.0/24")
    let address = try #require(IPAddress("10.3.0.5"))
    request.auxiliaryAddresses = ["b": address, "a": address]

    #expect(throws: DefinitionError.auxiliaryAddressUnavailable(name: "b", address)) {
      try allocation.allocate([request], families: [.ipv4])
    }
  }

  @Test func leasesHoldGatewayAndAuxiliaryAddresses() throws {
    var allocation = try allocation()
    var request = try request("10.3.0.0/29")
    request.auxiliaryAddresses = ["a": try #require(IPAddress("10.3.0.5"))]

    try allocation.allocate([request], families: [.ipv4])

    #expect(allocation.leases[0].inUseCount == 4)
    #expect(allocation.leases[0].availableCount == 4)
  }

  @Test func isolatedFamilyHasNoGatewayUnlessAskedFor() throws {
    var allocation = try allocation(withoutGateway: [.ipv4])
    var chosen = try request("10.4.0.0/24")
    chosen.gateway = IPAddress("10.4.0.9")

    try allocation.allocate([request("10.3.0.0/24"), chosen], families: [.ipv4])

    #expect(allocation.configurations.map(\.gateway) == [nil, IPAddress("10.4.0.9")])
  }

  @Test func globalSubnetsComeFromTheirOwnPoolWithoutRegardToOthers() throws {
    var allocation = try allocation(taken: ["10.0.0.0/24"], space: .global, takenIn: .local)

    try allocation.allocate([], families: [.ipv4])

    #expect(allocation.configurations.map(\.subnet.description) == ["10.0.0.0/24"])
    #expect(allocation.overlap?.description == "10.0.0.0/24")
  }

  @Test func globalSubnetsAreTakenOnce() throws {
    var allocation = try allocation(taken: ["10.0.0.0/24"], space: .global)

    try allocation.allocate([], families: [.ipv4])

    #expect(allocation.configurations.map(\.subnet.description) == ["10.0.1.0/24"])
    #expect(allocation.overlap == nil)
  }

  @Test func thereAreNoGlobalPoolsOfIPv6() throws {
    var allocation = try allocation(space: .global)

    #expect(throws: DefinitionError.noPool(.ipv6)) {
      try allocation.allocate([], families: [.ipv4, .ipv6])
    }
  }

  @Test(
    arguments: [
      ("10.5.0.0/16", "10.5.1.0/24", nil, nil),
      ("10.5.2.0/24", "10.5.2.0/25", nil, nil),
      ("10.0.0.0/8", "10.5.2.0/25", nil, nil),
      ("10.5.0.0/16", "10.5.8.0/24", nil, .poolOverlap),
      (
        "10.5.0.0/16", "10.5.1.0/24", "10.5.0.1",
        .gatewayUnavailable("10.5.0.1", isTaken: true)
      ),
      ("10.5.0.0/16", "10.5.1.0/24", "10.5.0.9", nil),
    ] as [(String, String, String?, DefinitionError?)])
  func subnetWithARangeIsLeftToTheDriver(
    _ subnet: String, range: String, gateway: String?, reason: DefinitionError?
  ) throws {
    var leases = SubnetLeases(subnet: try IPPrefix(parsing: "10.5.0.0/16"))
    try leases.lease(try #require(IPAddress("10.5.0.1")))
    var allocation = try allocation(
      taken: ["10.5.0.0/16"],
      sharing: [SharedSubnet(range: try IPPrefix(parsing: "10.5.8.0/24"), leases: leases)])
    var request = try request(subnet)
    request.range = try IPPrefix(parsing: range)
    request.gateway = gateway.flatMap { IPAddress($0) }

    if let reason {
      #expect(throws: reason) { try allocation.allocate([request], families: [.ipv4]) }
    } else {
      try allocation.allocate([request], families: [.ipv4])
      #expect(allocation.overlap == request.subnet)
    }
  }

  private func allocation(
    taken: [String] = [], routed: [String] = [], connected: [String] = [],
    withoutGateway: Set<AddressFamily> = [],
    space: AddressSpace = .local, takenIn: AddressSpace? = nil, sharing: [SharedSubnet] = []
  ) throws -> SubnetAllocation {
    let block = try IPPrefix(parsing: "fd12:3456:789a::/48")
    return SubnetAllocation(
      pools: space == .global
        ? [.ipv4: AddressPool.dockerGlobalDefaults]
        : [
          .ipv4: AddressPool.dockerDefaults,
          .ipv6: [try #require(AddressPool(base: block, size: 64))],
        ],
      known: try taken.map {
        NetworkSubnet(prefix: try IPPrefix(parsing: $0), space: takenIn ?? space)
      },
      space: space, sharing: sharing,
      routed: try routed.map { try IPPrefix(parsing: $0) },
      connected: try connected.map { try IPPrefix(parsing: $0) },
      withoutGateway: withoutGateway)
  }

  private func request(_ subnet: String) throws -> SubnetConfiguration {
    SubnetConfiguration(subnet: try IPPrefix(parsing: subnet))
  }

  private func configuration(_ subnet: String, _ gateway: String) -> SubnetConfiguration {
    SubnetConfiguration(subnet: try! IPPrefix(parsing: subnet), gateway: IPAddress(gateway))
  }
}
