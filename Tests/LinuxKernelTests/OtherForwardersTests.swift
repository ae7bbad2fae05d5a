import Addressing
import Glibc
import KernelModel
import KernelTestSupport
import LinuxSystem
import NetworkModel
import NetworkService
import Testing

/// Others who forward packets on the same host, or keep netctl's from being forwarded.
@Suite(.enabled(if: KernelSupport.hasNamespaces, "needs root to make network namespaces"))
struct OtherForwardersTests {
  private static let hypervisor = """
    table ip libvirt_network {
      chain forward { type filter hook forward priority 0; iifname "virbr0" accept; }
    }
    """
  private static let firewall = """
    table ip filter {
      chain ufw-before-forward { ct state established accept; }
      chain FORWARD { type filter hook forward priority 0; policy drop; jump ufw-before-forward; }
    }
    """

  @Test func forwardingStaysOnForATableThatCameToForward() throws {
    try withLab { (lab) throws in
      try lab.create("n") { $0.ipv6 = true }
      try lab.load(Self.hypervisor)
      try lab.host.run("sysctl", "-qw", "net.ipv4.ip_forward=1")

      try lab.remove("n")

      #expect(try lab.sysctl("ipv4/ip_forward") == "1")
      #expect(try lab.sysctl("ipv6/conf/all/forwarding") == "0")
      // It is somebody else's from now on.
      try lab.create("n")
      #expect(try !closedFamilies(lab).contains("ipv4"))
      try lab.host.run("nft", "delete", "table", "ip", "libvirt_network")
      try lab.remove("n")
      #expect(try lab.sysctl("ipv4/ip_forward") == "1")
    }
  }

  @Test func forwardingStaysOnForATableThatCameToMasquerade() throws {
    try withLab { (lab) throws in
      try lab.create("n") { $0.ipv6 = true }
      try lab.load(
        """
        table ip nat {
          chain after { type nat hook postrouting priority 100; oifname "up1" masquerade; }
        }
        """)

      try lab.remove("n")

      #expect(try lab.sysctl("ipv4/ip_forward") == "1")
      #expect(try lab.sysctl("ipv6/conf/all/forwarding") == "0")
    }
  }

  @Test func emptyTranslationDoesNotForward() throws {
    try withLab { (lab) throws in
      try lab.load("table ip nat { chain after { type nat hook postrouting priority 100; }; }")
      try lab.create("n")

      try lab.remove("n")

      #expect(try lab.sysctl("ipv4/ip_forward") == "0")
    }
  }

  @Test func firewallThatAlwaysHasRulesDoesNotForward() throws {
    try withLab { (lab) throws in
      try lab.load(Self.firewall)
      try lab.create("n")

      try lab.remove("n")

      #expect(try lab.sysctl("ipv4/ip_forward") == "0")
    }
  }

  @Test func verificationTellsOfWhatIsNotForwardedForOthers() throws {
    try withLab { (lab) throws in
      let outside = try lab.makeOutside()
      let container = try lab.makeNamespace()
      try lab.create("n")
      try lab.connect("n", container)
      let alone = try notes(lab)
      let second = try lab.makeNamespace()
      try lab.join(second, "up2", ["198.51.100.1/24"], ["198.51.100.9/24"])
      let beside = try notes(lab)
      try lab.load(Self.hypervisor)

      let forwarding = try notes(lab)
      // The links are there as long as their other ends.
      try outside.run("true")
      try second.run("true")

      #expect(alone.isEmpty)
      #expect(beside == [.closedToOthers(.ipv4, [], links: ["up1", "up2"])])
      let chain = ForeignForwarder(family: "ip", table: "libvirt_network", chain: "forward")
      #expect(forwarding == [.closedToOthers(.ipv4, [chain], links: ["up1", "up2"])])
      #expect(forwarding.first?.isNote == true)
    }
  }

  @Test func verificationTellsOfAStrangersPortOnAnInternalBridge() throws {
    try withLab { (lab) throws in
      let container = try lab.makeNamespace()
      let bridge = try lab.create("n") { $0.isInternal = true }
      try lab.connect("n", container)
      let before = try notes(lab)
      try lab.host.run("ip", "link", "add", "port0", "type", "veth", "peer", "name", "port1")
      try lab.host.run("ip", "link", "set", "port0", "master", bridge)

      let found = try notes(lab)

      #expect(before.isEmpty)
      let port = Finding.foreignPort(
        "port0", bridge: try InterfaceName(bridge), network: "n")
      #expect(found == [port])
    }
  }

  @Test func connectionTellsThatItsPortWaitsForTheSpanningTree() throws {
    try withLab { (lab) throws in
      let (one, two) = (try lab.makeNamespace(), try lab.makeNamespace())
      try lab.host.run("ip", "link", "add", "br0", "type", "bridge", "stp_state", "1")
      try lab.create("n") { $0.options = ["com.docker.network.bridge.name": "br0"] }
      try lab.create("m")
      let service = lab.service

      try service.connect(ConnectRequest(network: "m", container: one.path))
      let before = service.notices
      try service.connect(ConnectRequest(network: "n", container: two.path))

      #expect(before.isEmpty)
      let name = try #require(try lab.endpoint("n")?.interface?.hostName)
      let waiting = Notice.portWaiting(name, bridge: "br0")
      #expect(service.notices == [waiting])
    }
  }

  @Test(.enabled(if: hasLegacyTables, "needs the kernel's older xtables"))
  func policyOfTheOlderXtablesIsAnObstruction() throws {
    try withLab { (lab) throws in
      try lab.create("n") { $0.ipv6 = true }
      try lab.create("inside") { $0.isInternal = true }
      let before = try blockedTraffic(lab)
      for family in ["4", "6"] { try lab.host.run("python3", "-c", Self.dropping, family) }

      let found = try blockedTraffic(lab)

      #expect(before.isEmpty)
      #expect(found.map(\.drop.family) == ["ip", "ip6"])
      #expect(found.allSatisfy { $0.network == "n" && $0.drop.isLegacy })
    }
  }

  private func notes(_ lab: Lab) throws -> [Finding] {
    try lab.service.verify([]).findings.filter { finding in
      if case .difference(.bridgeTrafficFiltered, _, _) = finding { false } else { true }
    }
  }

  private func blockedTraffic(_ lab: Lab) throws -> [BlockedTraffic] {
    try lab.service.verify([]).findings.compactMap { finding in
      if case .blockedTraffic(let blockedTraffic) = finding { blockedTraffic } else { nil }
    }
  }

  private func closedFamilies(_ lab: Lab) throws -> String {
    try lab.host.run("nft", "list", "set", "inet", "netctl", "closed")
  }

  /// Sets the policy of the chain FORWARD of the table filter, as iptables-legacy(8) does.
  private static let dropping = """
    import socket, struct, ctypes, sys
    six = sys.argv[1] == '6'
    level, entry, target = (41, 168, 32) if six else (0, 112, 32)
    s = socket.socket(socket.AF_INET6 if six else socket.AF_INET, socket.SOCK_RAW, 255)
    libc = ctypes.CDLL(None, use_errno=True)
    def get(option, data):
      buffer = ctypes.create_string_buffer(data, len(data))
      length = ctypes.c_uint32(len(data))
      if libc.getsockopt(s.fileno(), level, option, buffer, ctypes.byref(length)): raise OSError(ctypes.get_errno())
      return bytearray(buffer.raw)
    name = b'filter'.ljust(32, b'\\0')
    info = get(64, name + bytes(52))
    hooks, = struct.unpack_from('I', info, 32)
    number, size = struct.unpack_from('II', info, 76)
    underflow = struct.unpack_from('5I', info, 56)
    table = get(65, name + struct.pack('I', size) + bytes(4 + size))[40:]
    struct.pack_into('i', table, underflow[2] + entry + target, -1)
    counters = ctypes.create_string_buffer(16 * number)
    data = name + struct.pack('III', hooks, number, size) + bytes(info[36:76]) + struct.pack('=IQ', number, ctypes.addressof(counters)) + bytes(table)
    if libc.setsockopt(s.fileno(), level, 64, bytes(data), len(data)): raise OSError(ctypes.get_errno())
    """
}

private let hasLegacyTables = access("/proc/net/ip_tables_names", F_OK) == 0

extension Lab {
  fileprivate func load(_ ruleset: String) throws {
    let result = try KernelTestSupport.run("nft", "-f", "-", input: ruleset)
    if result.status != 0 { throw CommandFailure(arguments: ["nft"], output: result.output) }
  }
}
