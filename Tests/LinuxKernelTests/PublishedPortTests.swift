import Addressing
import Glibc
import KernelModel
import KernelTestSupport
import LinuxSystem
import NetworkModel
import NetworkService
import Testing

/// Who reaches a published port, with real connections; as seen without br_netfilter and with it.
@Suite(.enabled(if: KernelSupport.hasNamespaces, "needs root to make network namespaces"))
struct PublishedPortTests {
  /// Whether the kernel shows bridged frames to the firewall.
  enum BridgedFrames: String, CaseIterable {
    case hidden = "0"
    case shown = "1"
  }

  @Test(arguments: BridgedFrames.allCases)
  func publishedPortIsReachedFromEverywhere(_ frames: BridgedFrames) throws {
    try withPublisher(frames) { (lab, web, neighbour) throws in
      let outside = try lab.makeOutside()
      let other = try lab.makeNamespace()
      try lab.create("b") {
        $0.ipv6 = true
        $0.subnets = ["10.2.0.0/24", "fd02::/64"]
      }
      try lab.connect("b", other)
      try lab.publish(web, "8080:80")
      let server = try Server(web)

      for address in ["192.0.2.1", "2001:db8::1"] {
        #expect(try server.peer(from: outside, at: address) == outsideAddress(like: address))
      }
      for address in ["127.0.0.1", "192.0.2.1", "10.1.0.1"] {
        #expect(try server.peer(from: lab.host, at: address) != nil, "\(address)")
      }
      for address in ["2001:db8::1", "fd01::1"] {
        #expect(try server.peer(from: lab.host, at: address) != nil, "\(address)")
      }
      // A frame that was turned around before the kernel looked at its addresses cannot come back
      // as one of ::1.
      if frames == .hidden { #expect(try server.peer(from: lab.host, at: "::1") == "fd01::1") }
      for client in [web, neighbour, other] {
        for address in ["192.0.2.1", "10.1.0.1", "2001:db8::1"] {
          #expect(try server.peer(from: client, at: address) != nil, "\(address)")
        }
      }
    }
  }

  @Test func nothingElseIsReached() throws {
    try withPublisher { (lab, web, _) throws in
      let outside = try lab.makeOutside()
      let inside = try lab.makeNamespace()
      try lab.create("i") {
        $0.isInternal = true
        $0.subnets = ["10.3.0.0/24"]
      }
      try lab.connect("i", inside)
      try inside.run("ip", "route", "add", "default", "via", "10.3.0.1")
      try lab.publish(web, "8080:80", "127.0.0.1 8081:81", "::1 8081:81")
      let (server, other) = (try Server(web), try Server(web, 81))

      #expect(try server.peer(from: inside, at: "192.0.2.1", within: 200) == nil)
      #expect(try server.peer(from: inside, at: "10.3.0.1", within: 200) == nil)
      #expect(try server.peer(from: outside, at: "10.1.0.2", 80, within: 200) == nil)
      #expect(try server.peer(from: outside, at: "192.0.2.1", 80, within: 200) == nil)
      for address in ["192.0.2.1", "127.0.0.1", "2001:db8::1"] {
        #expect(
          try other.peer(from: outside, at: address, 8081, within: 200) == nil, "\(address)")
      }
      #expect(try other.peer(from: lab.host, at: "127.0.0.1", 8081) == "10.1.0.1")
      #expect(try other.peer(from: lab.host, at: "::1", 8081) == "fd01::1")
    }
  }

  @Test func loopbackAddressesOfTheHostStayOutOfContainersReach() throws {
    try withPublisher { (lab, web, _) throws in
      try lab.publish(web, "8080:80")
      let listener = try TCPListener.open("127.0.0.1", port: 9999)

      try web.run("ip", "route", "add", "127.0.0.2/32", "via", "10.1.0.1")
      try web.run("ip", "addr", "add", "10.1.0.77/24", "dev", "eth0")
      _ = try web.handle.perform { () throws(Errno) in
        try connectTCP(to: "127.0.0.2", port: 9999, timeoutMilliseconds: 200)
      }

      let received1 = listener.peerAddress(timeoutMilliseconds: 0)
      #expect(received1 == nil)
    }
  }

  @Test func unpublishedPortIsNotReachedAndItsConnectionsAreCut() throws {
    try withPublisher { (lab, web, _) throws in
      let outside = try lab.makeOutside()
      try lab.publish(web, "8080:80", "8081:81")
      let (server, other) = (try Server(web), try Server(web, 81))
      let connection = try outside.handle.perform { () throws(Errno) in
        try TCPConnection.open(to: "192.0.2.1", port: 8080)
      }
      let accepted = try server.connection()

      try lab.unpublish(web, "80")

      _ = connection.send("late")
      let received2 = accepted.receive(timeoutMilliseconds: 200)
      #expect(received2 == nil)
      #expect(try server.peer(from: outside, at: "192.0.2.1", within: 200) == nil)
      #expect(try other.peer(from: outside, at: "192.0.2.1", 8081) == "192.0.2.9")
    }
  }

  @Test func datagramsThatWereOnTheirWayFollowThePort() throws {
    try withPublisher { (lab, web, _) throws in
      let outside = try lab.makeOutside()
      let client = try socket(outside, "192.0.2.9", 4000)
      let server = try socket(web, "10.1.0.2", 53)
      // The kernel remembers where this one went.
      try client.send("before", to: "192.0.2.1", port: 5353)

      try lab.publish(web, "5353:53/udp")
      try client.send("published", to: "192.0.2.1", port: 5353)
      let received3 = server.receive(timeoutMilliseconds: 3000)
      #expect(received3 == "published")

      try lab.unpublish(web, "53/udp")
      try client.send("unpublished", to: "192.0.2.1", port: 5353)
      let received4 = server.receive(timeoutMilliseconds: 200)
      #expect(received4 == nil)
      let host = try UDPSocket.open("192.0.2.1", port: 5353)
      try client.send("host", to: "192.0.2.1", port: 5353)
      let received5 = host.receive(timeoutMilliseconds: 3000)
      #expect(received5 == "host")
    }
  }

  @Test(arguments: [
    ["192.0.2.9", "198.51.100.1/24", "198.51.100.9", "ip"],
    ["2001:db8::9", "2001:db8:2::1/64", "2001:db8:2::9", "ip6"],
  ])
  func datagramsForOthersPortsOfThatNumberGoOn(_ row: [String]) throws {
    let (from, near, far, table) = (row[0], row[1], row[2], row[3])
    try withPublisher { (lab, web, _) throws in
      let outside = try lab.makeOutside()
      let other = try lab.makeNamespace()
      try lab.join(
        other, "up2", [near], [near.replacing("::1/", with: "::9/").replacing(".1/", with: ".9/")])
      // Only a connection that the kernel remembers leads to another port once the rule is gone.
      try lab.host.run("nft", "add table \(table) x")
      try lab.host.run("nft", "add chain \(table) x p { type nat hook prerouting priority -100 ; }")
      try lab.host.run("nft", "add rule \(table) x p udp dport 5353 dnat to :53")
      let client = try socket(outside, from, 4000)
      let server = try socket(other, far, 53)
      try client.send("before", to: far, port: 5353)
      let received1 = server.receive(timeoutMilliseconds: 3000)
      #expect(received1 == "before")
      try lab.host.run("nft", "flush chain \(table) x p")

      try lab.publish(web, "5353:53/udp")

      try client.send("after", to: far, port: 5353)
      let received2 = server.receive(timeoutMilliseconds: 3000)
      #expect(received2 == "after")
    }
  }

  @Test(arguments: ["disconnected", "gone"])
  func nextOwnerOfAnAddressGetsNoDatagramsOfTheLast(_ end: String) throws {
    try withPublisher { (lab, _, _) throws in
      let outside = try lab.makeOutside()
      let next = try lab.makeNamespace()
      let client = try socket(outside, "2001:db8::9", 4000)
      do {
        let last = try lab.makeNamespace()
        try lab.connect("a", last)
        try lab.publish(last, "5353:53/udp")
        let server = try socket(last, "fd01::4", 53)
        try client.send("first", to: "2001:db8::1", port: 5353)
        let received6 = server.receive(timeoutMilliseconds: 3000)
        #expect(received6 == "first")
        let name = try lab.hostNames("a")
        if end == "disconnected" {
          try lab.disconnect("a", last)
        } else {
          // The same as the end of its namespace, at once.
          try lab.host.run("ip", "link", "delete", try #require(name.last))
        }
      }
      try lab.connect("a", next)
      let server = try socket(next, "fd01::4", 53)

      try client.send("stray", to: "2001:db8::1", port: 5353)

      let received7 = server.receive(timeoutMilliseconds: 200)
      #expect(received7 == nil)
    }
  }

  @Test func portsFollowTheDefaultRoute() throws {
    try withPublisher { (lab, web, _) throws in
      let outside = try lab.makeOutside()
      try lab.create("0") { $0.subnets = ["10.2.0.0/24"] }
      try lab.publish(web, "8080:80")
      let server = try Server(web)

      try lab.connect("0", web) { $0.gatewayPriority = 1 }
      try lab.host.run("ip", "link", "set", try lab.bridge("a"), "down")
      #expect(try server.peer(from: outside, at: "192.0.2.1") == "192.0.2.9")
      try lab.host.run("ip", "link", "set", try lab.bridge("a"), "up")
      try lab.disconnect("0", web)

      #expect(try server.peer(from: outside, at: "192.0.2.1") == "192.0.2.9")
      #expect(try server.peer(from: lab.host, at: "127.0.0.1") == "10.1.0.1")
    }
  }

  @Test func connectionsOutliveAFlushedTable() throws {
    try withPublisher { (lab, web, _) throws in
      let outside = try lab.makeOutside()
      let late = try lab.makeNamespace()
      try lab.publish(web, "8080:80")
      let server = try Server(web)
      let connection = try outside.handle.perform { () throws(Errno) in
        try TCPConnection.open(to: "192.0.2.1", port: 8080)
      }
      let accepted = try server.connection()
      try lab.connect("a", late)
      let before = try sorted(lab.host.run("nft", "list", "table", "inet", "netctl"))
      try lab.disconnect("a", late)
      try lab.host.run("nft", "flush", "ruleset")

      try lab.connect("a", late)

      #expect(try sorted(lab.host.run("nft", "list", "table", "inet", "netctl")) == before)
      let received8 = connection.send("still here")
      #expect(received8)
      let received9 = accepted.receive(timeoutMilliseconds: 3000)
      #expect(received9 == "still here")
      #expect(try server.peer(from: outside, at: "192.0.2.1") == "192.0.2.9")
    }
  }

  @Test func hostIsAsBeforeWhenTheLastPortIsUnpublished() throws {
    try withPublisher { (lab, web, neighbour) throws in
      let bridge = try lab.bridge("a")
      let file = "ipv4/conf/\(bridge)/route_localnet"
      let table = try lab.host.run("nft", "list", "table", "inet", "netctl")
      let routes = try lab.host.run("ip", "-6", "route", "show", "table", "local")
      try lab.publish(web, "8080:80")
      try lab.publish(neighbour, "8081:80")
      #expect(try lab.sysctl(file) == "1")
      #expect(
        try lab.host.run("ip", "-6", "route", "show", "table", "local").contains(
          "local ::1 dev \(bridge)"))

      try lab.unpublish(web, "80")
      #expect(try lab.sysctl(file) == "1")
      try lab.unpublish(neighbour, "80")

      #expect(try lab.sysctl(file) == "0")
      #expect(try lab.host.run("ip", "-6", "route", "show", "table", "local") == routes)
      #expect(try lab.host.run("nft", "list", "table", "inet", "netctl") == table)
    }
  }

  @Test(arguments: ["192.0.2.1", "0.0.0.0", "::", "::1"])
  func processThatHasThePortIsNamed(_ address: String) throws {
    try withPublisher { (lab, web, _) throws in
      _ = try lab.makeOutside()
      let listener = try TCPListener.open(address, port: 8080)
      let isWildcard = address == "0.0.0.0" || address == "::"
      let family = address.contains(":") ? "::1" : "192.0.2.1"
      let wanted = isWildcard ? family : address
      let command = try PseudoFile.read("/proc/self/comm")

      // A program that another test is starting has the same descriptors for a moment.
      var named: HostProcess?
      for _ in 0..<100 where named?.id != getpid() {
        let error = #expect(throws: ServiceError.self) {
          try lab.publish(web, "\(wanted) 8080:80")
        }
        guard case .port(.obstructed(_, 8080, _, .inUse, by: let process)) = error else {
          Issue.record("\(String(describing: error))")
          return
        }
        named = process
      }

      #expect(named == HostProcess(id: getpid(), command: command))
      let received10 = listener.peerAddress(timeoutMilliseconds: 0)
      #expect(received10 == nil)
    }
  }

  @Test func addressThatTheHostDoesNotHaveIsRefused() throws {
    try withPublisher { (lab, web, _) throws in
      let error = #expect(throws: ServiceError.self) {
        try lab.publish(web, "198.51.100.1 8080:80")
      }

      guard case .port(.obstructed(_, 8080, _, .noSuchAddress, by: nil)) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test func boundPortIsFoundAmongMany() throws {
    try withPublisher { (lab, web, _) throws in
      let listener = try lab.host.handle.perform { () throws(Errno) in
        try TCPListener.open("127.0.0.1", port: 8290)
      }
      func request(_ port: UInt16) -> PortRequest {
        PortRequest(hostPorts: port...port, containerPort: port)
      }

      let error = #expect(throws: ServiceError.self) {
        _ = try lab.service.publish((8200..<8300).map(request), on: web.path)
      }
      guard case .port(.obstructed(_, 8290, _, .inUse, by: _)) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(try lab.service.publish((8200..<8290).map(request), on: web.path).count == 180)
      let peer = listener.peerAddress(timeoutMilliseconds: 0)
      #expect(peer == nil)
    }
  }

  private func withPublisher(
    _ frames: BridgedFrames = .hidden, _ body: (Lab, Namespace, Namespace) throws -> Void
  ) throws {
    try withLab { (lab) throws in
      try lab.host.run(
        "sh", "-c",
        "for f in /proc/sys/net/bridge/bridge-nf-call-ip*; do "
          + "[ ! -e $f ] || echo \(frames.rawValue) > $f; done")
      try lab.create("a") {
        $0.ipv6 = true
        $0.subnets = ["10.1.0.0/24", "fd01::/64"]
      }
      let (web, neighbour) = (try lab.makeNamespace(), try lab.makeNamespace())
      try lab.connect("a", web)
      try lab.connect("a", neighbour)
      try body(lab, web, neighbour)
    }
  }

  private func outsideAddress(like address: String) -> String {
    address.contains(":") ? "2001:db8::9" : "192.0.2.9"
  }

  private func socket(_ place: Namespace, _ address: String, _ port: UInt16) throws -> UDPSocket {
    try place.handle.perform { () throws(Errno) in try UDPSocket.open(address, port: port) }
  }
}

/// What listens on a port of a container all the time, by IPv4 and by IPv6: a port cannot be
/// listened on again as long as a program that another test starts may hold the closed socket.
private final class Server {
  private let ipv4: TCPListener
  private let ipv6: TCPListener

  init(_ container: Namespace, _ port: UInt16 = 80) throws {
    ipv4 = try container.handle.perform { () throws(Errno) in
      try TCPListener.open("0.0.0.0", port: port)
    }
    ipv6 = try container.handle.perform { () throws(Errno) in
      try TCPListener.open("fd01::2", port: port)
    }
  }

  /// Connects to a port of the host; gives the source that the server saw, or nil when nothing came
  /// through.
  func peer(
    from client: Namespace, at address: String, _ hostPort: UInt16 = 8080,
    within milliseconds: Int32 = 3000
  ) throws -> String? {
    let isConnected = try client.handle.perform { () throws(Errno) in
      try connectTCP(to: address, port: hostPort, timeoutMilliseconds: milliseconds)
    }
    guard isConnected else { return nil }
    return address.contains(":")
      ? ipv6.peerAddress(timeoutMilliseconds: milliseconds)
      : ipv4.peerAddress(timeoutMilliseconds: milliseconds)
  }

  /// The next connection.
  func connection() throws(Errno) -> TCPConnection {
    try ipv4.connection(timeoutMilliseconds: 3000)
  }
}

extension Lab {
  /// Publishes ports written `[HOST ]HOSTPORT:PORT[/PROTOCOL]`.
  fileprivate func publish(_ container: Namespace, _ ports: String...) throws {
    _ = try service.publish(ports.map(request), on: container.path)
  }

  fileprivate func unpublish(_ container: Namespace, _ ports: String...) throws {
    try service.unpublish(ports.map(request), of: container.path)
  }

  fileprivate func bridge(_ network: String) throws -> String {
    "br-\(try service.inspect(network).network.id.short)"
  }

  /// The host's ends of a network's endpoints, in the order in which the kernel made them.
  fileprivate func hostNames(_ network: String) throws -> [String] {
    try host.run("ip", "-br", "link", "show", "master", try bridge(network))
      .split(separator: "\n").map { String($0.prefix { $0 != "@" && $0 != " " }) }
  }

  private func request(_ text: String) -> PortRequest {
    let words = text.split(separator: " ")
    let target = words[words.count - 1].split(separator: "/")
    let ports = target[0].split(separator: ":").map { UInt16($0)! }
    return PortRequest(
      host: words.count == 2 ? IPAddress(String(words[0]))! : nil,
      hostPorts: ports.count == 2 ? ports[0]...ports[0] : nil,
      transport: target.count == 2 ? Transport(name: target[1])! : .tcp,
      containerPort: ports[ports.count - 1])
  }
}
