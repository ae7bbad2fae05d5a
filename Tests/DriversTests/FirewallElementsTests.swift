import Addressing
import Drivers
import KernelModel
import NetworkModel
import Testing

/// Which elements a network has in netctl's table, mode by mode.
struct FirewallElementsTests {
  private let name = Sample.bridgeName
  private let v4 = IPAddress("10.0.0.1")!
  private let v6 = IPAddress("fd00::1")!
  private let mac = MACAddress("02:42:0a:00:00:01")!
  private let linkLocal = IPAddress("fe80::42:aff:fe00:1")!

  private var common: [FirewallElement] {
    [.bridge(name), .router(bridge: name, mac), .intraNetwork(name), .gateway(v4), .gateway(v6)]
      + reserved
  }

  /// No container takes the bridge's addresses.
  private var reserved: [FirewallElement] {
    [
      .protectedAddress(v4), .protectedAddress(v6), .protectedTarget(v6),
      .protectedAddress(linkLocal), .protectedTarget(linkLocal),
    ]
  }

  @Test func dualStackNetworkHasSixteen() throws {
    let elements = try elements(Sample.network())

    #expect(
      Set(elements)
        == Set(
          common + [
            .interContainer(name), .external(name), .masquerade(.ipv4, name),
            .masquerade(.ipv6, name),
            .ingress(.ipv4, name, .drop), .ingress(.ipv6, name, .drop),
          ]))
    #expect(elements.count == 16)
  }

  @Test func familyThatTheNetworkDoesNotHaveIsClosedToo() throws {
    let elements = try elements(Sample.network(families: [.ipv4]))

    #expect(
      Set(elements) == [
        .bridge(name), .router(bridge: name, mac), .intraNetwork(name), .interContainer(name),
        .external(name), .gateway(v4),
        .protectedAddress(v4), .masquerade(.ipv4, name), .ingress(.ipv4, name, .drop),
        .ingress(.ipv6, name, .drop),
      ])
  }

  @Test func withoutContainerTrafficThereIsNoAllowance() throws {
    let elements = try elements(Sample.network(options: ["bridge.enable_icc": "false"]))

    #expect(!elements.contains(.interContainer(name)))
    #expect(elements.contains(.strictBridge(name)))
    #expect(elements.count == 16)
  }

  @Test func internalNetworkIsNeitherOutgoingNorTranslated() throws {
    let elements = try elements(
      Sample.network(
        isInternal: true,
        options: [
          "bridge.gateway_mode_ipv4": "routed", "bridge.gateway_mode_ipv6": "nat-unprotected",
          "host_ipv4": "192.0.2.1", "bridge.trusted_host_interfaces": "eth0",
        ]))

    #expect(
      Set(elements)
        == Set(
          common + [
            .interContainer(name), .internal(name), .ingress(.ipv4, name, .drop),
            .ingress(.ipv6, name, .drop),
          ]))
  }

  @Test func isolatedNetworkHasNoGateways() throws {
    let elements = try elements(
      Sample.network(
        isInternal: true,
        options: [
          "bridge.gateway_mode_ipv4": "isolated", "bridge.gateway_mode_ipv6": "isolated",
        ],
        hasGateways: false))

    #expect(
      Set(elements) == [
        .bridge(name), .router(bridge: name, MACAddress("02:01:23:45:67:89")!),
        .intraNetwork(name), .interContainer(name), .internal(name),
        .ingress(.ipv4, name, .drop),
        .ingress(.ipv6, name, .drop),
      ])
  }

  @Test func modesAreEachFamilysOwn() throws {
    let elements = try elements(
      Sample.network(options: [
        "bridge.gateway_mode_ipv4": "routed", "bridge.gateway_mode_ipv6": "nat-unprotected",
      ]))

    #expect(
      Set(elements)
        == Set(
          common + [
            .interContainer(name), .external(name), .routed(.ipv4, name),
            .ingress(.ipv6, name, .accept),
            .masquerade(.ipv6, name),
          ]))
  }

  @Test func sourceAddressReplacesTheMasquerade() throws {
    let address = try #require(IPAddress("192.0.2.1"))

    let elements = try elements(Sample.network(options: ["host_ipv4": "192.0.2.1"]))

    #expect(elements.contains(.sourceAddress(bridge: name, address)))
    #expect(!elements.contains(.masquerade(.ipv4, name)))
    #expect(elements.contains(.masquerade(.ipv6, name)))
  }

  @Test func withoutMasqueradeNothingIsTranslated() throws {
    let elements = try elements(
      Sample.network(options: [
        "bridge.enable_ip_masquerade": "false", "host_ipv6": "2001:db8::1",
      ]))

    #expect(
      !elements.contains { element in
        switch element {
        case .masquerade, .sourceAddress: true
        default: false
        }
      })
  }

  @Test func trustedInterfacesArePairs() throws {
    let elements = try elements(
      Sample.network(options: ["bridge.trusted_host_interfaces": "eth0:eth1"]))

    for host in ["eth0", "eth1"] {
      #expect(elements.contains(.trusted(host: try InterfaceName(host), bridge: name)))
    }
  }

  @Test func chosenNameIsInEveryElement() throws {
    let chosen = InterfaceName("br0")

    let elements = try elements(Sample.network(options: ["bridge.name": "br0"]))

    #expect(elements.contains(.bridge(chosen)))
    #expect(!elements.contains(.bridge(name)))
  }

  private func elements(_ network: Network) throws -> [FirewallElement] {
    try network.makeDriver().desiredNetwork.firewall
  }
}
