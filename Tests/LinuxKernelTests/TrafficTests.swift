import Glibc
import KernelTestSupport
import LinuxSystem
import NetworkService
import Synchronization
import Testing

/// Who reaches whom, with real connections.
@Suite(.enabled(if: KernelSupport.hasNamespaces, "needs root to make network namespaces"))
struct TrafficTests {
  /// A port is used once: a program that another test starts may hold a closed socket for a moment.
  private static let ports = Atomic<UInt16>(20_000)

  @Test func containersOfOneNetworkReachEachOtherAndTheHost() throws {
    try withNetwork { (lab, one, two) throws in
      #expect(try source(from: one, to: two, at: "10.1.0.3") == "10.1.0.2")
      #expect(try source(from: one, to: two, at: "fd01::3") == "fd01::2")
      #expect(try source(from: one, to: lab.host, at: "10.1.0.1") == "10.1.0.2")
      #expect(try source(from: one, to: lab.host, at: "fd01::1") == "fd01::2")
      #expect(try source(from: lab.host, to: one, at: "10.1.0.2") == "10.1.0.1")
      #expect(try source(from: lab.host, to: one, at: "fd01::2") == "fd01::1")
    }
  }

  @Test func otherNetworksAreOutOfReach() throws {
    try withNetwork { (lab, one, _) throws in
      let other = try lab.makeNamespace()
      try lab.create("b") {
        $0.ipv6 = true
        $0.subnets = ["10.2.0.0/24", "fd02::/64"]
      }
      try lab.connect("b", other)

      #expect(try isRefused(from: one, to: other, at: "10.2.0.2"))
      #expect(try isRefused(from: other, to: one, at: "10.1.0.2"))
      #expect(try isRefused(from: one, to: other, at: "fd02::2"))
      #expect(try isRefused(from: other, to: one, at: "fd01::2"))
    }
  }

  @Test func containerOnTwoNetworksReachesBoth() throws {
    try withNetwork { (lab, one, two) throws in
      let other = try lab.makeNamespace()
      try lab.create("b") { $0.subnets = ["10.2.0.0/24"] }
      try lab.connect("b", other)
      try lab.connect("b", one)

      #expect(try source(from: one, to: two, at: "10.1.0.3") == "10.1.0.2")
      #expect(try source(from: one, to: other, at: "10.2.0.2") == "10.2.0.3")
    }
  }

  @Test func withoutContainerTrafficOnlyTheHostIsReached() throws {
    let options = ["com.docker.network.bridge.enable_icc": "false"]
    try withNetwork({ $0.options = options }) { (lab, one, two) throws in
      #expect(try isRefused(from: one, to: two, at: "10.1.0.3"))
      #expect(try isRefused(from: one, to: two, at: "fd01::3"))
      #expect(try source(from: one, to: lab.host, at: "10.1.0.1") == "10.1.0.2")
      #expect(try source(from: lab.host, to: two, at: "fd01::3") == "fd01::1")
    }
  }

  @Test func outsideSeesTheHostsAddress() throws {
    try withNetwork { (lab, one, _) throws in
      let outside = try lab.makeOutside()

      #expect(try source(from: one, to: outside, at: "192.0.2.9") == "192.0.2.1")
      #expect(try source(from: one, to: outside, at: "2001:db8::9") == "2001:db8::1")
    }
  }

  /// The host asks for the neighbours of what it forwards from its link-local address alone.
  @Test func ipv6AnswersWhenTheContainerIsConnected() throws {
    try withLab { (lab) throws in
      let (outside, one) = (try lab.makeOutside(), try lab.makeNamespace())
      let bridge = try lab.create("a") {
        $0.ipv6 = true
        $0.subnets = ["10.1.0.0/24", "fd01::/64"]
        $0.options = ["com.docker.network.bridge.gateway_mode_ipv6": "routed"]
      }

      try lab.connect("a", one)
      let address = try lab.host.run("ip", "-6", "addr", "show", bridge, "scope", "link")

      #expect(address.contains("inet6 fe80::") && !address.contains("tentative"), "\(address)")
      #expect(try outside.run("ping", "-c", "1", "-W", "10", "fd01::2").contains("1 received"))
    }
  }

  @Test func outsideSeesTheContainersOwnAddressWithoutMasquerade() throws {
    let options = ["com.docker.network.bridge.enable_ip_masquerade": "false"]
    try withNetwork({ $0.options = options }) { (lab, one, _) throws in
      let outside = try lab.makeOutside()

      #expect(try source(from: one, to: outside, at: "192.0.2.9") == "10.1.0.2")
      #expect(try source(from: one, to: outside, at: "2001:db8::9") == "fd01::2")
    }
  }

  @Test func outsideDoesNotReachContainers() throws {
    try withNetwork { (lab, one, _) throws in
      let outside = try lab.makeOutside()

      #expect(try isRefused(from: outside, to: one, at: "10.1.0.2"))
      #expect(try isRefused(from: outside, to: one, at: "fd01::2"))
      #expect(try isRefused(from: outside, to: lab.host, at: "10.1.0.1"))
    }
  }

  @Test func unprotectedContainersAreReachedFromOutside() throws {
    let options = ["com.docker.network.bridge.gateway_mode_ipv4": "nat-unprotected"]
    try withNetwork({ $0.options = options }) { (lab, one, _) throws in
      let outside = try lab.makeOutside()

      #expect(try source(from: outside, to: one, at: "10.1.0.2") == "192.0.2.9")
      #expect(try isRefused(from: outside, to: one, at: "fd01::2"))
    }
  }

  @Test func internalNetworkHasNoWayOut() throws {
    try withNetwork({ $0.isInternal = true }) { (lab, one, two) throws in
      let outside = try lab.makeOutside()
      // Even with routes that a container made for itself.
      try one.run("ip", "route", "add", "default", "via", "10.1.0.1")
      try one.run("ip", "route", "add", "default", "via", "fd01::1")

      #expect(try isRefused(from: one, to: outside, at: "192.0.2.9"))
      #expect(try isRefused(from: one, to: outside, at: "2001:db8::9"))
      #expect(try isRefused(from: outside, to: one, at: "10.1.0.2"))
      #expect(try isRefused(from: one, to: lab.host, at: "192.0.2.1"))
      #expect(try source(from: one, to: two, at: "10.1.0.3") == "10.1.0.2")
      #expect(try source(from: one, to: lab.host, at: "10.1.0.1") == "10.1.0.2")
    }
  }

  @Test func hostDoesNotBecomeARouterForOthers() throws {
    try withNetwork { (lab, one, _) throws in
      let outside = try lab.makeOutside()
      let second = try lab.makeNamespace()
      try lab.join(second, "up2", ["198.51.100.1/24"], ["198.51.100.9/24"])
      try second.run("ip", "route", "add", "default", "via", "198.51.100.1")

      #expect(try isRefused(from: outside, to: second, at: "198.51.100.9"))
      #expect(try source(from: one, to: second, at: "198.51.100.9") == "198.51.100.1")
    }
  }

  private func withNetwork(
    _ change: @escaping (inout CreateRequest) -> Void = { _ in },
    _ body: (Lab, Namespace, Namespace) throws -> Void
  ) throws {
    try withLab { (lab) throws in
      try lab.create("a") {
        $0.ipv6 = true
        $0.subnets = ["10.1.0.0/24", "fd01::/64"]
        change(&$0)
      }
      let (one, two) = (try lab.makeNamespace(), try lab.makeNamespace())
      try lab.connect("a", one)
      try lab.connect("a", two)
      try body(lab, one, two)
    }
  }

  /// Connects; gives the source address that the server saw, or nil when nothing came through.
  private func source(
    from client: Namespace, to server: Namespace, at address: String,
    timeoutMilliseconds: Int32 = 20_000
  ) throws -> String? {
    let port = Self.ports.wrappingAdd(1, ordering: .relaxed).newValue
    let listener = try server.handle.perform { () throws(Errno) in
      try TCPListener.open(address, port: port)
    }
    let isConnected = try client.handle.perform { () throws(Errno) in
      try connectTCP(to: address, port: port, timeoutMilliseconds: timeoutMilliseconds)
    }
    return isConnected ? listener.peerAddress(timeoutMilliseconds: timeoutMilliseconds) : nil
  }

  /// Whether nothing comes through; a wait for nothing is kept short.
  private func isRefused(
    from client: Namespace, to server: Namespace, at address: String
  ) throws -> Bool {
    try source(from: client, to: server, at: address, timeoutMilliseconds: 200) == nil
  }
}
