import Addressing
import Drivers
import KernelModel
import NetworkModel
import Testing

/// Drivers whose interfaces are on a link of the host.
struct ParentSharingTests {
  private static let drivers = [DriverName.macvlan, .ipvlan]

  @Test(arguments: drivers)
  func existingLinkIsNotMade(driver: DriverName) throws {
    let desired = try driver.network(["parent": "eth7"]).makeDriver().desiredNetwork

    #expect(desired.device == nil && desired.policy == nil && desired.forwarding.isEmpty)
    #expect(desired.parent == name("eth7") && desired.hostLink == name("eth7"))
  }

  @Test(arguments: drivers)
  func vlanIsMadeOnItsBaseAndShared(driver: DriverName) throws {
    let desired = try driver.network(["parent": "eth7.10"]).makeDriver().desiredNetwork
    let device = try #require(desired.device)

    #expect(device.name == name("eth7.10") && desired.parent == device.name)
    #expect(device.kind == .vlan(id: 10, parent: name("eth7")))
    #expect(device.owner == .parent("eth7.10") && device.isShared && device.adoptsExisting)
  }

  @Test(arguments: [(DriverName.macvlan, "dm-0123456789ab"), (.ipvlan, "di-0123456789ab")])
  func withoutAParentTheNetworkHasADummyAndLeadsNowhere(
    driver: DriverName, link: String
  ) throws {
    for options in [[:], ["parent": ""]] {
      let network = try driver.network(options).makeDriver()
      let device = try #require(network.desiredNetwork.device)

      #expect(device.name == name(link) && device.kind == .dummy)
      #expect(device.owner == .network(Sample.networkID.description) && !device.isShared)
      #expect(network.offeredRoutes(from: Self.addresses) == OfferedRoutes())
    }
  }

  @Test(
    arguments: [
      ("eth7.0", nil), ("eth7.4095", nil), ("eth7.x", nil), ("a.b.c", nil), (".5", nil),
      ("eth7.1", 1), ("eth7.4094", 4094), ("eth7.010", 10),
    ] as [(String, UInt16?)])
  func onlyANameWithAValidIDIsAVLAN(parent: String, id: UInt16?) throws {
    let device = try DriverName.macvlan.network(["parent": parent]).makeDriver().desiredNetwork
      .device

    let found: UInt16? = if case .vlan(let id, _)? = device?.kind { id } else { nil }
    #expect(found == id)
  }

  @Test(
    arguments: [
      ("nosuch", .invalidVLANName("nosuch")), ("a.b.c", .vlanNameFormat("a.b.c")),
      ("eth7.x", .invalidVLANID("x")), ("eth9.5000", .parentNotFound("eth9")),
      ("eth7.5000", .vlanIDOutOfRange(5000)), ("eth7.0", .vlanIDOutOfRange(0)),
      (".5", .parentNotFound("")), ("eth9.10", .parentNotFound("eth9")), ("eth7.10", nil),
      ("", nil),
    ] as [(String, NetworkProblem?)])
  func linkThatCannotBeMadeIsRefusedInDockersOrder(
    parent: String, problem: NetworkProblem?
  ) throws {
    let driver = try #require(
      try DriverName.macvlan.network(["parent": parent]).makeDriver() as? any ParentSharing)

    #expect(driver.parent.checkCreation { $0 == "eth7" } == problem)
  }

  @Test(arguments: drivers)
  func invalidOptionsAreRefused(driver: DriverName) throws {
    let mode = "\(driver)_mode"
    let defaultMode = driver == .macvlan ? "bridge" : "l2"

    #expect(throws: OptionError.loopbackParent(driver)) {
      try driver.network(["parent": "lo"]).makeDriver()
    }
    #expect(throws: OptionError.unknownMode(driver, .mode, value: "x", default: defaultMode)) {
      try driver.network([mode: "x"]).makeDriver()
    }
    #expect(throws: OptionError.negativeMTU(-1)) {
      try driver.network(["com.docker.network.driver.mtu": "-1"]).makeDriver()
    }
    #expect(
      throws: OptionError.interfaceName(key: "parent", value: "a/b", .invalidCharacter)
    ) {
      try driver.network(["parent": "a/b"]).makeDriver()
    }
    _ = try driver.network([mode: "", "parent": "eth7"]).makeDriver()
  }

  @Test func ipvlanFlagHasItsOwnWords() throws {
    #expect(
      throws: OptionError.unknownMode(.ipvlan, .flag, value: "x", default: "bridge")
    ) {
      try DriverName.ipvlan.network(["ipvlan_flag": "x"]).makeDriver()
    }
  }

  @Test(arguments: drivers)
  func noGatewayIsAllocated(driver: DriverName) throws {
    let type = try #require(DriverRegistry.builtIn.driver(named: driver))

    #expect(try type.familiesWithoutGateway([:], isInternal: false) == [.ipv4, .ipv6])
    #expect(throws: OptionError.loopbackParent(driver)) {
      try type.familiesWithoutGateway(["parent": "lo"], isInternal: false)
    }
  }

  @Test func gatewayIsThatOfTheAddresssSubnet() throws {
    let network = DriverName.macvlan.network(
      ["parent": "eth7"],
      subnets: [
        ("10.0.0.0/24", "10.0.0.1"), ("10.0.1.0/24", "10.0.1.9"), ("10.0.2.0/24", nil),
        ("fd00::/64", "fd00::1"),
      ])
    let driver = try network.makeDriver()
    func gateways(_ addresses: String...) throws -> [IPAddress] {
      driver.offeredRoutes(from: try addresses.map { try IPPrefix(parsing: $0) }).gateways
    }

    #expect(
      try gateways("10.0.0.2/24", "fd00::2/64") == [IPAddress("10.0.0.1"), IPAddress("fd00::1")])
    #expect(try gateways("10.0.1.2/24") == [IPAddress("10.0.1.9")])
    #expect(try gateways("10.0.2.2/24") == [])
  }

  @Test(arguments: drivers)
  func internalNetworkHasNoWayOut(driver: DriverName) throws {
    let network = driver.network(["parent": "eth7"], isInternal: true)

    #expect(try network.makeDriver().offeredRoutes(from: Self.addresses) == OfferedRoutes())
  }

  @Test(arguments: [("l2", false), ("l3", true), ("l3s", true)])
  func routingParentNeedsNoGateway(mode: String, isRouting: Bool) throws {
    let driver = try DriverName.ipvlan.network(["parent": "eth7", "ipvlan_mode": mode]).makeDriver()

    let routes = driver.offeredRoutes(from: Self.addresses)

    #expect(routes.onLink == (isRouting ? [.ipv4, .ipv6] : []))
    #expect(routes.gateways.isEmpty == isRouting)
  }

  @Test func endpointsHaveNoHostEndAndIpvlanNoAddressOfItsOwn() throws {
    let (macvlan, passthru, ipvlan) = (
      try DriverName.macvlan.network([:]).makeDriver().interfaces,
      try DriverName.macvlan.network(["macvlan_mode": "passthru"]).makeDriver().interfaces,
      try DriverName.ipvlan.network([:]).makeDriver().interfaces
    )

    #expect(
      [macvlan, passthru, ipvlan].map { $0?.hostName(of: Sample.endpointID) } == [nil, nil, nil])
    #expect(macvlan?.hasOwnAddress == true)
    #expect(passthru?.hasOwnAddress == false && ipvlan?.hasOwnAddress == false)
  }

  @Test func endpointIsAsItsOptionsSay() throws {
    let options = [
      "parent": "eth7", "macvlan_mode": "vepa", "com.docker.network.driver.mtu": "1400",
      "com.docker.network.advertise_addr_nmsgs": "0",
    ]
    let driver = try DriverName.macvlan.network(options).makeDriver()
    let endpoint = try #require(try driver.desiredEndpoint(Sample.endpoint(linkLocal: ["fe80::9"])))

    #expect(endpoint.link == .macvlan(.vepa, parent: name("eth7")))
    #expect(endpoint.mtu == 1400 && !endpoint.isAnnounced)
    #expect(endpoint.owner == .endpoint(Sample.endpointID.description))
    #expect(
      endpoint.addresses.map(\.description) == ["10.0.0.2/24", "fd00::2/64", "fe80::9/64"])
    #expect(endpoint.sysctls.map(\.key.path) == ["net/ipv6/conf/eth0/disable_ipv6"])
    let ipvlan = try DriverName.ipvlan.network([
      "parent": "eth7", "ipvlan_mode": "l3s", "ipvlan_flag": "private",
    ]).makeDriver().desiredEndpoint(Sample.endpoint(addresses: ["10.0.0.2/24"]))
    #expect(ipvlan?.link == .ipvlan(.l3s, .private, parent: name("eth7")))
    #expect(ipvlan?.sysctls.map(\.value) == ["1"])
  }

  // Routers of the parent's network would be a way out.
  @Test func internalNetworkIgnoresRouters() throws {
    let driver = try DriverName.macvlan.network(["parent": "eth7"], isInternal: true).makeDriver()

    let sysctls = try driver.desiredEndpoint(Sample.endpoint())?.sysctls ?? []

    #expect(sysctls.contains { $0.key.path.hasSuffix("accept_ra") && $0.value == "0" })
  }

  private static let addresses = ["10.0.0.2/24", "fd00::2/64"].map { try! IPPrefix(parsing: $0) }

  private func name(_ text: String) -> InterfaceName { try! InterfaceName(text) }
}

extension DriverName {
  /// A network of the driver.
  fileprivate func network(
    _ options: [String: String],
    subnets: [(String, String?)] = [("10.0.0.0/24", "10.0.0.1"), ("fd00::/64", "fd00::1")],
    isInternal: Bool = false
  ) -> Network {
    let subnets = subnets.map {
      SubnetConfiguration(
        subnet: try! IPPrefix(parsing: $0.0), gateway: $0.1.flatMap { IPAddress($0) })
    }
    return Network(
      id: Sample.networkID, name: "n", created: Timestamp(nanoseconds: 0), driver: self,
      families: [.ipv4, .ipv6], ipam: IPAMConfiguration(subnets: subnets),
      isInternal: isInternal, options: options)
  }
}
