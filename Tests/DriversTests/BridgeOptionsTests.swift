import Addressing
import Drivers
import KernelModel
import Testing

struct BridgeOptionsTests {
  private static let bridge = "com.docker.network.bridge."
  private static let network = "com.docker.network."
  private static let modes = ["nat", "nat-unprotected", "routed", "isolated"]

  @Test func nothingGivenMeansDockersDefaults() throws {
    let options = try BridgeOptions([:], isInternal: false)

    #expect(options.bridgeName == nil)
    #expect(options.allowsContainerTraffic)
    #expect(options.masquerades)
    #expect(!options.inhibitsIPv4)
    #expect(options.mtu == nil)
    #expect(options.interfacePrefix == "eth")
    #expect(options.trustedInterfaces.isEmpty)
    #expect(options.announces)
    for family in AddressFamily.allCases {
      #expect(options.gatewayMode(family) == .nat)
      #expect(options.sourceAddress(family) == nil)
    }
  }

  @Test(arguments: [
    bridge + "name", bridge + "trusted_host_interfaces", network + "container_iface_prefix",
  ])
  func emptyNameIsAsIfNotGiven(_ key: String) throws {
    #expect(try options(key, "") == BridgeOptions([:], isInternal: false))
  }

  @Test func unknownKeysAreLeftAlone() throws {
    let options = try BridgeOptions(
      ["": "x", "foo": "", Self.bridge + "Name": "br0"],
      isInternal: false)

    #expect(try options == BridgeOptions([:], isInternal: false))
  }

  @Test func valuesAreRead() throws {
    let options = try BridgeOptions(
      [
        Self.bridge + "name": "br0", Self.bridge + "enable_icc": "F",
        Self.bridge + "enable_ip_masquerade": "0", Self.bridge + "inhibit_ipv4": "True",
        Self.bridge + "host_binding_ipv4": "127.0.0.1",
        Self.bridge + "trusted_host_interfaces": "eth0::wg0",
        Self.bridge + "gateway_mode_ipv4": "routed",
        Self.bridge + "gateway_mode_ipv6": "nat-unprotected",
        Self.network + "driver.mtu": "9000", Self.network + "container_iface_prefix": "lan",
        Self.network + "host_ipv4": "192.0.2.1", Self.network + "host_ipv6": "2001:db8::1",
        Self.network + "advertise_addr_nmsgs": "0", Self.network + "advertise_addr_ms": "100",
      ], isInternal: false)

    #expect(options.bridgeName?.description == "br0")
    #expect(!options.allowsContainerTraffic)
    #expect(!options.masquerades)
    #expect(options.inhibitsIPv4)
    #expect(options.trustedInterfaces.map(\.description) == ["eth0", "wg0"])
    #expect(options.gatewayMode(.ipv4) == .routed)
    #expect(options.gatewayMode(.ipv6) == .natUnprotected)
    #expect(options.mtu == 9000)
    #expect(options.interfacePrefix == "lan")
    #expect(options.sourceAddress(.ipv4) == IPAddress("192.0.2.1"))
    #expect(options.sourceAddress(.ipv6) == IPAddress("2001:db8::1"))
    #expect(!options.announces)
  }

  @Test(
    arguments: [
      ("0", nil), ("68", 68), ("1500", 1500), ("65535", 65535),
    ] as [(String, UInt32?)])
  func mtuIsAccepted(_ text: String, mtu: UInt32?) throws {
    #expect(try options(Self.network + "driver.mtu", text).mtu == mtu)
  }

  @Test(
    arguments: [
      (
        bridge + "name", "a/b",
        .interfaceName(key: bridge + "name", value: "a/b", .invalidCharacter)
      ),
      (
        bridge + "name", "sixteen-bytes-16",
        .interfaceName(key: bridge + "name", value: "sixteen-bytes-16", .tooLong)
      ),
      (bridge + "name", "..", .interfaceName(key: bridge + "name", value: "..", .reserved)),
      (
        bridge + "enable_icc", "maybe",
        .notABoolean(key: bridge + "enable_icc", value: "maybe")
      ),
      (
        bridge + "enable_icc", "", .notABoolean(key: bridge + "enable_icc", value: "")
      ),
      (
        bridge + "default_bridge", "x",
        .notABoolean(key: bridge + "default_bridge", value: "x")
      ),
      (
        bridge + "gateway_mode_ipv4", "",
        .unknownGatewayMode(key: bridge + "gateway_mode_ipv4", value: "", modes: modes)
      ),
      (network + "driver.mtu", "", .notANumber(key: network + "driver.mtu", value: "")),
      (network + "host_ipv4", "", .notAnAddress(key: network + "host_ipv4", value: "")),
      (
        bridge + "enable_ip_masquerade", "yes",
        .notABoolean(key: bridge + "enable_ip_masquerade", value: "yes")
      ),
      (bridge + "inhibit_ipv4", "tRUE", .notABoolean(key: bridge + "inhibit_ipv4", value: "tRUE")),
      (
        bridge + "host_binding_ipv4", "foo",
        .notAnAddress(key: bridge + "host_binding_ipv4", value: "foo")
      ),
      (
        bridge + "host_binding_ipv4", "::1",
        .notAnAddress(key: bridge + "host_binding_ipv4", value: "::1")
      ),
      (
        bridge + "trusted_host_interfaces", "eth0:a b",
        .interfaceName(
          key: bridge + "trusted_host_interfaces", value: "a b", .invalidCharacter)
      ),
      (
        bridge + "gateway_mode_ipv4", "NAT",
        .unknownGatewayMode(key: bridge + "gateway_mode_ipv4", value: "NAT", modes: modes)
      ),
      (
        bridge + "gateway_mode_ipv6", "foo",
        .unknownGatewayMode(key: bridge + "gateway_mode_ipv6", value: "foo", modes: modes)
      ),
      (
        "io.netctl.bridge.port_security", "maybe",
        .unknownPortSecurity(
          key: "io.netctl.bridge.port_security", value: "maybe", levels: ["off", "on", "strict"])
      ),
      (
        "io.netctl.bridge.port_security", "",
        .unknownPortSecurity(
          key: "io.netctl.bridge.port_security", value: "", levels: ["off", "on", "strict"])
      ),
      (bridge + "gateway_mode_ipv4", "isolated", .isolatedNeedsInternal),
      (network + "driver.mtu", "x", .notANumber(key: network + "driver.mtu", value: "x")),
      (network + "driver.mtu", "1e3", .notANumber(key: network + "driver.mtu", value: "1e3")),
      (network + "driver.mtu", "-1", .negativeMTU(-1)),
      (
        network + "driver.mtu", "67",
        .outOfRange(key: network + "driver.mtu", value: 67, allowed: 68...65535)
      ),
      (
        network + "driver.mtu", "65536",
        .outOfRange(key: network + "driver.mtu", value: 65536, allowed: 68...65535)
      ),
      (
        network + "container_iface_prefix", "a/b",
        .interfaceName(key: network + "container_iface_prefix", value: "a/b", .invalidCharacter)
      ),
      (
        network + "container_iface_prefix", "fifteen-bytes-1",
        .interfaceName(
          key: network + "container_iface_prefix", value: "fifteen-bytes-1", .tooLong)
      ),
      (
        network + "host_ipv4", "fd00::1",
        .notAnAddress(key: network + "host_ipv4", value: "fd00::1")
      ),
      (
        network + "host_ipv6", "10.0.0.1",
        .notAnAddress(key: network + "host_ipv6", value: "10.0.0.1")
      ),
      (
        network + "advertise_addr_nmsgs", "x",
        .notANumber(key: network + "advertise_addr_nmsgs", value: "x")
      ),
      (
        network + "advertise_addr_nmsgs", "4",
        .outOfRange(key: network + "advertise_addr_nmsgs", value: 4, allowed: 0...3)
      ),
      (
        network + "advertise_addr_ms", "99",
        .outOfRange(key: network + "advertise_addr_ms", value: 99, allowed: 100...2000)
      ),
      (
        network + "advertise_addr_ms", "2001",
        .outOfRange(key: network + "advertise_addr_ms", value: 2001, allowed: 100...2000)
      ),
    ] as [(String, String, OptionError)])
  func badValueIsRefused(_ key: String, _ value: String, reason: OptionError) {
    #expect(throws: reason) { try options(key, value) }
  }

  @Test func isolationNeedsAnInternalNetwork() throws {
    let options = try BridgeOptions(
      [Self.bridge + "gateway_mode_ipv6": "isolated"], isInternal: true)

    #expect(options.gatewayMode(.ipv6) == .isolated)
    #expect(options.gatewayMode(.ipv4) == .nat)
  }

  private func options(_ key: String, _ value: String) throws -> BridgeOptions {
    try BridgeOptions([key: value], isInternal: false)
  }

  @Test(arguments: [
    ("true", nil, NetworkPolicy.PortSecurity.on), ("false", nil, .strict),
    ("true", "strict", .strict), ("false", "on", .on), ("true", "off", .off),
    ("false", "off", .off),
  ])
  func portsAreBoundWhereContainersAreKeptApart(
    icc: String, level: String?, expected: NetworkPolicy.PortSecurity
  ) throws {
    var options = [Self.bridge + "enable_icc": icc]
    options["io.netctl.bridge.port_security"] = level

    #expect(try BridgeOptions(options, isInternal: false).portSecurity == expected)
  }
}
