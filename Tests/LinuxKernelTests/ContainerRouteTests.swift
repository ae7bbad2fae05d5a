import Addressing
import Glibc
import KernelTestSupport
import LinuxSystem
import NetworkModel
import NetworkService
import Testing

/// Containers that have a default route which netctl did not add, as those of runtimes have.
@Suite(.enabled(if: KernelSupport.hasNamespaces, "needs root to make network namespaces"))
struct ContainerRouteTests {
  private static let destinations = ["203.0.113.1", "2001:db8:5::1"]

  /// What the container's own routes are: with a gateway, by a device, and with a metric as DHCP
  /// clients give it.
  @Test(arguments: ["via", "dev", "metric 100"])
  func foreignRouteStaysAndWins(_ kind: String) throws {
    try withContainer(kind) { (lab, web) throws in
      let before = try routes(of: web)

      try lab.connect("a", web)
      let ways = try ways(of: web)
      try lab.disconnect("a", web)

      #expect(ways == ["own0", "own0"])
      let after = try routes(of: web)
      #expect(after == before)
    }
  }

  @Test(arguments: ["via", "dev", "metric 100"])
  func preferredNetworkGoesBeforeAForeignRoute(_ kind: String) throws {
    try withContainer(kind) { (lab, web) throws in
      let before = try routes(of: web)

      try lab.connect("a", web) { $0.gatewayPriority = 1 }
      let ways = try ways(of: web)
      try lab.disconnect("a", web)

      #expect(ways == ["eth0", "eth0"])
      let after = try routes(of: web)
      #expect(after == before)
    }
  }

  @Test func publishedPortsAndNeighboursAreAnswered() throws {
    try withContainer { (lab, web) throws in
      let (outside, neighbour) = (try lab.makeOutside(), try lab.makeNamespace())
      try lab.connect("a", web) {
        $0.ports = [
          PortRequest(host: nil, hostPorts: 8080...8080, transport: .tcp, containerPort: 80),
          PortRequest(host: nil, hostPorts: 8080...8080, transport: .udp, containerPort: 80),
        ]
      }
      try lab.connect("a", neighbour)
      let addresses = ["10.1.0.2", "fd01::2"]
      let listeners = try addresses.map { address in
        try web.handle.perform { () throws(Errno) in
          Listener(try TCPListener.open(address, port: 80))
        }
      }

      for (listener, address) in zip(listeners, ["192.0.2.1", "2001:db8::1"]) {
        #expect(try listener.peer(from: outside, at: address, 8080)?.hasSuffix("9") == true)
        #expect(try listener.peer(from: lab.host, at: address, 8080) != nil)
      }
      for (listener, address) in zip(listeners, addresses) {
        #expect(try listener.peer(from: neighbour, at: address, 80) != nil)
        #expect(try listener.peer(from: lab.host, at: address, 80) != nil)
      }
      for (address, host) in zip(addresses, ["192.0.2.1", "2001:db8::1"]) {
        let server = try web.handle.perform { () throws(Errno) in
          try UDPSocket.open(address, port: 80)
        }
        let client = try outside.handle.perform { () throws(Errno) in
          try UDPSocket.open(address.contains(":") ? "::" : "0.0.0.0", port: 5000)
        }
        try client.send("ping", to: host, port: 8080)
        #expect(server.receive(timeoutMilliseconds: 3000) == "ping")
      }
    }
  }

  @Test func containerIsAnsweredThroughTheNextNetwork() throws {
    try withContainer { (lab, web) throws in
      let before = try routes(of: web)
      let outside = try lab.makeOutside()
      try lab.create("b") { $0.subnets = ["10.2.0.0/24"] }
      try lab.connect("a", web) {
        $0.ports = [
          PortRequest(host: nil, hostPorts: 8080...8080, transport: .tcp, containerPort: 80)
        ]
      }
      try lab.connect("b", web)

      try lab.disconnect("a", web)

      let listener = try web.handle.perform { () throws(Errno) in
        Listener(try TCPListener.open("10.2.0.2", port: 80))
      }
      #expect(try listener.peer(from: outside, at: "192.0.2.1", 8080) == "192.0.2.9")
      try lab.disconnect("b", web)
      let after = try routes(of: web)
      #expect(after == before)
    }
  }

  /// A runtime may give its container a default route after netctl.
  @Test func laterForeignRouteIsFoundAndAnswered() throws {
    try withLab { (lab) throws in
      let outside = try lab.makeOutside()
      try lab.create("a") { $0.subnets = ["10.1.0.0/24"] }
      let web = try lab.makeNamespace()
      try lab.connect("a", web) {
        $0.ports = [
          PortRequest(host: nil, hostPorts: 8080...8080, transport: .tcp, containerPort: 80)
        ]
      }
      try web.run("ip", "route", "del", "default")
      try addOwnLink(to: web, "via")

      let findings = try lab.service.verify([]).findings.filter { !$0.isNote }
      let failures = try lab.service.reload([]) { while $0.next() {} }

      #expect(findings.count == 1)
      #expect(failures.isEmpty)
      #expect(try lab.service.verify([]).findings.filter { !$0.isNote }.isEmpty)
      let listener = try web.handle.perform { () throws(Errno) in
        Listener(try TCPListener.open("10.1.0.2", port: 80))
      }
      #expect(try listener.peer(from: outside, at: "192.0.2.1", 8080) == "192.0.2.9")
    }
  }

  /// What makes the kernel refuse the default route of a network that a container is on: its IPv6
  /// address goes when the link does, others go by hand.
  @Test(arguments: [
    "ip link set eth0 down; ip link set eth0 name wan; ip link set wan up",
    "ip addr flush dev eth0 scope global", "ip link set eth0 down",
    "sysctl -qw net.ipv6.conf.eth0.disable_ipv6=1",
    "ip addr add fd01::1/64 dev eth0 nodad; ip -6 route del default",
  ])
  func changedInterfaceKeepsNoOtherNetworkFromTheContainer(_ change: String) throws {
    try withLab { (lab) throws in
      for (name, subnet) in [("a", "10.1.0.0/24"), ("b", "10.2.0.0/24"), ("c", "10.3.0.0/24")] {
        try lab.create(name) {
          $0.ipv6 = name == "a"
          $0.subnets = name == "a" ? [subnet, "fd01::/64"] : [subnet]
        }
      }
      let web = try lab.makeNamespace()
      try lab.connect("a", web)
      try lab.connect("b", web)
      for words in change.split(separator: ";") {
        try web.run(words.split(separator: " ").map(String.init))
      }

      try lab.connect("c", web)
      try lab.disconnect("b", web)

      #expect(try lab.service.inspect("b").endpoints.isEmpty)
      #expect(try lab.service.inspect("c").endpoints.count == 1)
      try lab.disconnect("a", web)
      #expect(try web.run("ip", "-4", "route", "show", "default").contains("via 10.3.0.1"))
    }
  }

  /// A container may have a default route that rejects packets, as a VPN client leaves one.
  @Test(arguments: ["unreachable", "blackhole", "prohibit"])
  func rejectingDefaultRouteStaysAndTheNetworkAnswers(_ kind: String) throws {
    try withContainer { (lab, web) throws in
      let outside = try lab.makeOutside()
      for family in ["-4", "-6"] {
        try web.run("ip", family, "route", "del", "default")
        try web.run("ip", family, "route", "add", kind, "default")
      }
      let before = try routes(of: web)
      try lab.connect("a", web) {
        $0.ports = [
          PortRequest(host: nil, hostPorts: 8080...8080, transport: .tcp, containerPort: 80)
        ]
      }

      for (address, host) in [("10.1.0.2", "192.0.2.1"), ("fd01::2", "2001:db8::1")] {
        let listener = try web.handle.perform { () throws(Errno) in
          Listener(try TCPListener.open(address, port: 80))
        }
        #expect(try listener.peer(from: outside, at: host, 8080)?.hasSuffix("9") == true)
      }
      #expect(try lab.service.verify([]).findings.filter { !$0.isNote }.isEmpty)
      try lab.disconnect("a", web)
      #expect(try routes(of: web) == before)
      try lab.connect("a", web) { $0.gatewayPriority = 1 }
      #expect(try ways(of: web) == ["eth0", "eth0"])
    }
  }

  /// A namespace with nothing but such a route, which may also end the lookup.
  @Test(arguments: ["unreachable", "blackhole", "prohibit", "throw"], [-1, 0, 1])
  func rejectingRouteOfAFreshNamespaceWinsUnlessThePriorityIsHigh(
    _ kind: String, priority: Int64
  ) throws {
    try withLab { (lab) throws in
      let web = try lab.makeNamespace()
      for family in ["-4", "-6"] { try web.run("ip", family, "route", "add", kind, "default") }
      let before = try routes(of: web)
      try lab.create("a") {
        $0.ipv6 = true
        $0.subnets = ["10.1.0.0/24", "fd01::/64"]
      }

      try lab.connect("a", web) { $0.gatewayPriority = priority }

      let ipv4 = try web.run("ip", "-4", "route", "show", "default").split(separator: "\n")
      #expect(ipv4.count == (priority > 0 ? 2 : 1))
      #expect(ipv4.first?.hasPrefix(priority > 0 ? "default via" : kind) == true)
      let ipv6 = try web.run("ip", "-6", "route", "show", "default")
      #expect(ipv6.contains("via fd01::1") == (priority > 0))
      #expect(try lab.service.verify([]).findings.filter { !$0.isNote }.isEmpty)
      try lab.disconnect("a", web)
      #expect(try routes(of: web) == before)
    }
  }

  private func withContainer(
    _ kind: String = "via", _ body: (Lab, Namespace) throws -> Void
  ) throws {
    try withLab { (lab) throws in
      let container = try lab.makeNamespace()
      try addOwnLink(to: container, kind)
      try lab.create("a") {
        $0.ipv6 = true
        $0.subnets = ["10.1.0.0/24", "fd01::/64"]
      }
      try body(lab, container)
    }
  }

  private func addOwnLink(to container: Namespace, _ kind: String) throws {
    try container.run("ip", "link", "add", "own0", "type", "veth", "peer", "name", "own1")
    for address in ["198.51.100.2/24", "fd77::2/64"] {
      let flags = address.contains(":") ? ["nodad"] : []
      try container.run(["ip", "addr", "add", address, "dev", "own0"] + flags)
    }
    for link in ["own0", "own1"] { try container.run("ip", "link", "set", link, "up") }
    for gateway in ["198.51.100.1", "fd77::1"] {
      let way =
        switch kind {
        case "via": ["via", gateway]
        case "dev": ["dev", "own0"]
        default: ["via", gateway] + kind.split(separator: " ").map(String.init)
        }
      let family = gateway.contains(":") ? "-6" : "-4"
      try container.run(["ip", family, "route", "add", "default"] + way)
    }
  }

  /// The links by which packets to far hosts leave.
  private func ways(of container: Namespace) throws -> [String] {
    try Self.destinations.map { destination in
      let words = try container.run("ip", "route", "get", destination).split(separator: " ")
      let position = try #require(words.firstIndex(of: "dev"))
      return String(words[position + 1])
    }
  }

  /// All of the container's routes and rules, but for those of link-local addresses, which come
  /// when they like, and for whether the kernel has noticed the carrier of the container's own
  /// link.
  private func routes(of container: Namespace) throws -> [String] {
    try ["-4", "-6"].flatMap { family in
      let texts = try [["route", "show", "table", "all"], ["rule"]].map {
        try container.run(["ip", family] + $0)
      }
      return texts.joined().replacing("linkdown ", with: "").split(separator: "\n").map(String.init)
        .filter { !$0.contains("fe80:") && !$0.contains("ff00:") && !$0.contains("local fd77::2 ") }
    }
  }
}

private final class Listener {
  private let socket: TCPListener

  init(_ socket: consuming TCPListener) {
    self.socket = socket
  }

  /// Connects; gives the source that the listener saw, or nil when nothing came through.
  func peer(from client: Namespace, at address: String, _ port: UInt16) throws -> String? {
    let isConnected = try client.handle.perform { () throws(Errno) in
      try connectTCP(to: address, port: port, timeoutMilliseconds: 3000)
    }
    return isConnected ? socket.peerAddress(timeoutMilliseconds: 3000) : nil
  }
}
