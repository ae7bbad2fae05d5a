import Addressing
import KernelTestSupport
import LinuxSystem
import NetworkModel
import NetworkService
import Testing

/// What bridges and their ports keep from happening by themselves, with netctl's table or without.
@Suite(.enabled(if: KernelSupport.hasNamespaces, "needs root to make network namespaces"))
struct BridgeIsolationTests {
  private static let isolated = [
    "com.docker.network.bridge.gateway_mode_ipv4": "isolated",
    "com.docker.network.bridge.gateway_mode_ipv6": "isolated",
  ]

  @Test func isolatedBridgeHasNoAddressThoughAGatewayWasChosen() throws {
    try withLab { (lab) throws in
      let container = try lab.makeNamespace()
      let bridge = try lab.create("n") {
        $0.isInternal = true
        $0.ipv6 = true
        $0.subnets = ["10.5.5.0/24", "fd05::/64"]
        $0.gateways = ["10.5.5.9", "fd05::9"].compactMap { IPAddress($0) }
        $0.options = Self.isolated
      }

      try lab.connect("n", container)

      #expect(try lab.host.run("ip", "-o", "addr", "show", "dev", bridge) == "")
      let elements = try lab.host.run("nft", "list", "table", "inet", "netctl")
      #expect(!elements.contains("10.5.5.9") && !elements.contains("fd05::9"))
      let routes = try container.run("sh", "-c", "ip route; ip -6 route")
      #expect(!routes.contains("via"))
    }
  }

  @Test func onlyTheBridgesOwnAddressIsAskedForByARP() throws {
    try withLab { (lab) throws in
      let outside = try lab.makeOutside()
      try lab.create("other") { $0.subnets = ["10.6.0.0/24"] }
      let addresses = ["10.5.5.1", "10.6.0.1", "192.0.2.1", "192.0.2.9"]
      let networks: [(name: String, options: [String: String], answered: [String])] = [
        ("internal", [:], ["10.5.5.1"]), ("isolated", Self.isolated, []),
      ]
      for (name, options, answered) in networks {
        let container = try lab.makeNamespace()
        try lab.create(name) {
          $0.isInternal = true
          $0.subnets = ["10.5.5.0/24"]
          $0.options = options
        }
        try lab.connect(name, container)

        let found = try container.run(
          "python3", "-c", Self.asking, addresses.joined(separator: " "))

        #expect(found.split(separator: "\n").map(String.init) == answered, "\(name)")
        try lab.disconnect(name, container)
        try lab.remove(name)
      }
      // The link with 192.0.2.1 is there as long as its other end.
      try outside.run("true")
    }
  }

  @Test(arguments: [true, false])
  func internalNetworkHasNoWayOutWithoutTheTable(isIsolated: Bool) throws {
    try withLab { (lab) throws in
      let outside = try lab.makeOutside()
      let container = try lab.makeNamespace()
      try lab.create("n") {
        $0.isInternal = true
        $0.subnets = ["10.5.5.0/24"]
        $0.options = isIsolated ? Self.isolated : [:]
      }
      try lab.connect("n", container)
      // This switches forwarding on for all links.
      let open = try lab.create("open")
      try lab.host.run("nft", "flush", "ruleset")
      let before = try Counters(of: outside)

      try container.run("python3", "-c", Self.echoes, try bridgeAddress(of: "n", lab))
      let after = try Counters(of: outside)

      #expect(after == before)
      #expect(try lab.sysctl("ipv4/conf/\(open)/forwarding") == "1")
    }
  }

  @Test func containerNeitherFillsTheDatabaseNorTakesASiblingsFrames() throws {
    try withLab { (lab) throws in
      let (one, two) = (try lab.makeNamespace(), try lab.makeNamespace())
      let bridge = try lab.create("n") { $0.subnets = ["10.5.5.0/24"] }
      try lab.connect("n", one)
      try lab.connect("n", two)
      let ports = try lab.host.run(
        "sh", "-c", "bridge fdb show br \(bridge) | grep 02:42:0a:05:05:03")

      try one.run("python3", "-c", Self.strangers)

      let entries = try lab.host.run("bridge", "fdb", "show", "br", bridge)
      #expect(!entries.contains("06:00:"))
      #expect(ports.contains("static"))
      let after = try lab.host.run(
        "sh", "-c", "bridge fdb show br \(bridge) | grep 02:42:0a:05:05:03")
      #expect(after == ports)
      try lab.host.run("ping", "-q", "-c", "1", "-W", "5", "10.5.5.3")
      try one.run("ping", "-q", "-c", "1", "-W", "5", "10.5.5.3")
    }
  }

  @Test func portsLearnNothingAfterTheirBridgeWasMadeAnew() throws {
    try withLab { (lab) throws in
      let (one, two) = (try lab.makeNamespace(), try lab.makeNamespace())
      let bridge = try lab.create("n")
      try lab.connect("n", one)
      let entries = {
        try lab.host.run("sh", "-c", "bridge fdb show br \(bridge) | grep -c 'static$' || true")
      }
      let before = try entries()
      try lab.host.run("ip", "link", "delete", bridge)

      try lab.connect("n", two)

      #expect(before == "1\n")
      #expect(try entries() == "2\n")
      #expect(!(try lab.host.run("bridge", "-d", "link").contains("learning on")))
    }
  }

  @Test func containerAnswersOverAnotherNetworkThanItWasAskedOn() throws {
    try withLab { (lab) throws in
      let outside = try lab.makeOutside()
      let container = try lab.makeNamespace()
      try lab.create("a") { $0.subnets = ["10.1.0.0/24"] }
      try lab.create("i") {
        $0.isInternal = true
        $0.subnets = ["10.2.0.0/24"]
      }
      try lab.create("r") {
        $0.subnets = ["10.3.0.0/24"]
        $0.options = ["com.docker.network.bridge.gateway_mode_ipv4": "routed"]
      }
      for network in ["a", "i", "r"] { try lab.connect(network, container) }
      let route = try container.run("ip", "route", "show", "default")

      try outside.run("ping", "-q", "-c", "1", "-W", "5", "10.3.0.2")
      try container.run("ping", "-q", "-c", "1", "-W", "5", "192.0.2.9")
      try lab.host.run("ping", "-q", "-c", "1", "-W", "5", "10.2.0.2")

      #expect(route.contains("via 10.1.0.1"))
    }
  }

  /// Packets of 192.0.2.9 that a namespace got.
  private struct Counters: Equatable {
    let echoes: [Substring]

    init(of namespace: Namespace) throws {
      let lines = try namespace.run("cat", "/proc/net/snmp").split(separator: "\n")
      echoes = lines.filter { $0.hasPrefix("Icmp: ") }
    }
  }

  private func bridgeAddress(of network: String, _ lab: Lab) throws -> String {
    let id = try lab.service.inspect(network).network.id.short
    let words = try lab.host.run("ip", "-br", "link", "show", "br-\(id)").split(separator: " ")
    return String(words[2])
  }

  /// Asks for each of the addresses by ARP, and writes those that somebody has.
  private static let asking = """
    import socket, struct, sys
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0x0608) as s:
      s.bind(('eth0', 0x0806))
      own = s.getsockname()[4]
      source = socket.inet_aton('10.5.5.2')
      for address in sys.argv[1].split():
        target = socket.inet_aton(address)
        s.send(b'\\xff' * 6 + own + b'\\x08\\x06' + struct.pack('!HHBBH', 1, 0x800, 6, 4, 1)
          + own + source + bytes(6) + target)
        s.settimeout(0.3)
        try:
          while True:
            frame = s.recv(1500)
            if frame[20:22] == b'\\0\\2' and frame[28:32] == target:
              print(address)
              break
        except TimeoutError:
          pass
    """

  /// Echo requests to the host and to 192.0.2.9, from the container's own and from false addresses,
  /// half of which have no hop left.
  private static let echoes = """
    import socket, struct, sys
    def checksum(data):
      total = sum(struct.unpack('!%dH' % (len(data) // 2), data))
      total = (total >> 16) + (total & 0xffff)
      return ~(total + (total >> 16)) & 0xffff
    def frame(source, destination, hops):
      echo = struct.pack('!BBHHH', 8, 0, 0, 1, 1) + b'12345678'
      echo = echo[:2] + struct.pack('!H', checksum(echo)) + echo[4:]
      head = struct.pack('!BBHHHBBH4s4s', 0x45, 0, 20 + len(echo), 1, 0, hops, 1, 0,
        socket.inet_aton(source), socket.inet_aton(destination))
      head = head[:10] + struct.pack('!H', checksum(head)) + head[12:]
      return head + echo
    mac = bytes.fromhex(sys.argv[1].strip().replace(':', ''))
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as s:
      s.bind(('eth0', 0))
      own = s.getsockname()[4]
      for source in '10.5.5.2', '192.0.2.9', '192.0.2.77':
        for destination in '10.5.5.1', '192.0.2.1', '192.0.2.9':
          for hops in 1, 64:
            s.send(mac + own + b'\\x08\\x00' + frame(source, destination, hops))
    """

  /// Frames from two thousand made-up addresses, and one from a sibling's.
  private static let strangers = """
    import socket
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as s:
      s.bind(('eth0', 0))
      for number in range(2000):
        s.send(b'\\xff' * 6 + b'\\x06\\x00' + number.to_bytes(4, 'big') + b'\\x88\\xb5' + b'\\0' * 46)
      s.send(b'\\xff' * 6 + bytes.fromhex('02420a050503') + b'\\x88\\xb5' + b'\\0' * 46)
    """
}
