import Addressing
import Drivers
import KernelModel
import NetworkModel
import Testing

struct BridgeDriverTests {
  @Test func bridgeIsNamedAfterTheNetwork() throws {
    let driver = try Sample.network().makeDriver()
    let bridge = try #require(driver.desiredNetwork.device)

    #expect(bridge.name == Sample.bridgeName)
    #expect(bridge.owner == .network(Sample.networkID.description))
    #expect(!bridge.adoptsExisting)
    #expect(bridge.mac?.description == "02:42:0a:00:00:01")
    #expect(bridge.addresses.map(\.description) == ["10.0.0.1/24", "fd00::1/64"])
    #expect(bridge.mtu == nil)
    #expect(!driver.isCreatedOnDemand)
    #expect(driver.desiredNetwork.forwarding == [.ipv4, .ipv6])
    #expect(
      driver.offeredRoutes(from: []).gateways == [IPAddress("10.0.0.1"), IPAddress("fd00::1")])
  }

  @Test func chosenBridgeMayBeForeign() throws {
    let bridge = try bridge(Sample.network(options: ["bridge.name": "br0", "driver.mtu": "1400"]))

    #expect(bridge.name.description == "br0")
    #expect(bridge.adoptsExisting)
    #expect(bridge.mtu == 1400)
  }

  @Test func defaultBridgeIsNetctlsOwnAndOnDemand() throws {
    let network = Sample.network(
      name: "bridge", families: [.ipv4], options: ["bridge.name": "docker0"])
    let driver = try network.makeDriver()
    let bridge = try #require(driver.desiredNetwork.device)

    #expect(driver.isCreatedOnDemand)
    #expect(bridge.name.description == "docker0")
    #expect(!bridge.adoptsExisting)
  }

  @Test func bridgeOfAnIPv6NetworkHasALocalHardwareAddress() throws {
    let bridge = try bridge(Sample.network(families: [.ipv6]))

    #expect(bridge.mac?.description == "02:01:23:45:67:89")
  }

  @Test func inhibitedBridgeHasNoIPv4Address() throws {
    let network = Sample.network(options: ["bridge.inhibit_ipv4": "true"])

    #expect(try bridge(network).addresses.map(\.description) == ["fd00::1/64"])
    #expect(try network.makeDriver().offeredRoutes(from: []).gateways.count == 2)
  }

  @Test func internalNetworkOffersNoGatewayAndNeedsNoForwarding() throws {
    let driver = try Sample.network(isInternal: true).makeDriver()

    #expect(driver.offeredRoutes(from: []).gateways.isEmpty)
    #expect(driver.desiredNetwork.forwarding.isEmpty)
    #expect(driver.desiredNetwork.device?.addresses.count == 2)
  }

  @Test func bridgeWithoutIPv6HasNoLinkLocalAddress() throws {
    let isolated = ["bridge.gateway_mode_ipv6": "isolated"]

    #expect(
      try settings(Sample.network(families: [.ipv4]), "ipv6") == ["disable_ipv6=1"])
    #expect(
      try settings(Sample.network(isInternal: true, options: isolated), "ipv6")
        == ["disable_ipv6=1"])
    #expect(
      try settings(Sample.network(), "ipv6")
        == ["disable_ipv6=0", "accept_ra=0", "accept_redirects=0", "accept_dad=0"])
  }

  @Test func bridgeThatLeadsNowhereForwardsNothingAndTakesItsOwnSourcesOnly() throws {
    let closed = ["forwarding=0", "rp_filter=1", "arp_ignore=1", "accept_redirects=0"]

    #expect(try settings(Sample.network(), "ipv4") == ["forwarding=1", "accept_redirects=0"])
    #expect(try settings(Sample.network(isInternal: true), "ipv4") == closed)
    #expect(try settings(Sample.network(families: [.ipv6]), "ipv4") == closed)
  }

  @Test func isolatedBridgeHasNoAddressThoughTheNetworkHasAGateway() throws {
    let network = Sample.network(
      isInternal: true, options: ["bridge.gateway_mode_ipv4": "isolated"])
    let desired = try network.makeDriver().desiredNetwork

    #expect(desired.device?.addresses.map(\.description) == ["fd00::1/64"])
    #expect(desired.firewall.filter(\.isGateway) == [.gateway(try #require(IPAddress("fd00::1")))])
  }

  @Test func endpointIsAPairOnTheBridge() throws {
    let endpoint = try endpoint(
      Sample.network(options: ["driver.mtu": "1400", "bridge.enable_icc": "false"]),
      Sample.endpoint(linkLocal: ["169.254.1.1", "fe80::9"]))

    let mac = try #require(MACAddress("02:42:0a:00:00:02"))
    #expect(
      endpoint.link
        == .veth(
          VethPort(
            name: InterfaceName("vethfedcba9"), bridge: Sample.bridgeName, address: mac,
            isIsolated: true, isLocked: true)))
    #expect(endpoint.name.description == "eth0")
    #expect(endpoint.owner == .endpoint(Sample.endpointID.description))
    #expect(endpoint.mac == mac)
    #expect(endpoint.mtu == 1400)
    #expect(endpoint.isAnnounced)
    #expect(
      endpoint.addresses.map(\.description) == [
        "10.0.0.2/24", "fd00::2/64", "169.254.1.1/16", "fe80::9/64",
      ])
    #expect(
      endpoint.sysctls == [
        Sysctl(SysctlKey(path: "net/ipv6/conf/eth0/disable_ipv6"), "0"),
        Sysctl(SysctlKey(path: "net/ipv6/conf/eth0/accept_ra"), "0", for: .protection),
      ])
  }

  @Test func endpointWithoutIPv6HasItSwitchedOff() throws {
    let endpoint = try endpoint(
      Sample.network(families: [.ipv4], options: ["advertise_addr_nmsgs": "0"]),
      Sample.endpoint(
        addresses: ["10.0.0.2/24"],
        options: [
          "com.docker.network.endpoint.sysctls": "net.ipv4.conf.IFNAME.log_martians=1"
        ]))

    #expect(!endpoint.isAnnounced)
    guard case .veth(let port) = endpoint.link else { throw TestFailure() }
    #expect(!port.isIsolated && !port.isLocked)
    #expect(
      endpoint.sysctls == [
        Sysctl(
          SysctlKey(path: "net/ipv6/conf/eth0/disable_ipv6"), "1", isOptional: true,
          for: .protection),
        Sysctl(SysctlKey(path: "net/ipv4/conf/eth0/log_martians"), "1"),
      ])
  }

  @Test(arguments: [DriverName.host, .null])
  func otherDriversHoldNothing(_ name: DriverName) throws {
    let driver = try Sample.network(driver: name).makeDriver()

    #expect(driver.desiredNetwork == DesiredNetwork())
    #expect(try driver.desiredEndpoint(Sample.endpoint()) == nil)
    #expect(driver.offeredRoutes(from: []).gateways.isEmpty)
  }

  @Test func badOptionKeepsTheDriverFromBeingMade() {
    #expect(throws: OptionError.negativeMTU(-1)) {
      _ = try Sample.network(options: ["driver.mtu": "-1"]).makeDriver()
    }
  }

  private func settings(_ network: Network, _ family: String) throws -> [String] {
    try bridge(network).sysctls.filter { $0.key.path.hasPrefix("net/\(family)/") }
      .map { "\($0.key.path.split(separator: "/").last!)=\($0.value)" }
  }

  private func bridge(_ network: Network) throws -> NetworkDevice {
    try #require(try network.makeDriver().desiredNetwork.device)
  }

  private func endpoint(_ network: Network, _ endpoint: Endpoint) throws -> DesiredEndpoint {
    try #require(try network.makeDriver().desiredEndpoint(endpoint))
  }
}

private struct TestFailure: Error {}

extension FirewallElement {
  fileprivate var isGateway: Bool { if case .gateway = self { true } else { false } }
}
