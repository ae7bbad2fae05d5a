import Addressing
import AgentAPI
import CommandLineTestSupport
import Configuration
import KernelModel
import KernelTestSupport
import NetworkModel
import NetworkService
import StateStore
import Testing

/// What the agent asks of the service: the records and the kernel follow what is on other hosts.
struct OverlayTests {
  private static let network = Network(
    id: NetworkID(String(repeating: "a1", count: 32))!, name: "n",
    created: Timestamp(nanoseconds: 1), scope: "global", driver: .overlay,
    ipam: IPAMConfiguration(
      subnets: [SubnetConfiguration(subnet: try! IPPrefix(parsing: "10.0.0.0/24"))]),
    isInternal: true,
    options: [
      "com.docker.network.driver.mtu": "1450",
      "com.docker.network.driver.overlay.vxlanid_list": "1048576",
    ])
  private static let bridge = "br-a1a1a1a1a1a1"
  private static let tunnel = "vx-a1a1a1a1a1a1"
  private static let me = host("01", "10.77.0.1")

  private static func host(_ digits: String, _ address: String) -> ClusterHost {
    ClusterHost(
      id: HostID(String(repeating: digits, count: 32))!, name: digits,
      address: IPAddress(address)!)
  }

  private static func membership(_ others: String...) -> ClusterMembership {
    ClusterMembership(
      host: me, port: 4789,
      hosts: [me] + others.enumerated().map { host("1\($0.offset)", $0.element) },
      revision: 1, updated: Timestamp(nanoseconds: 1))
  }

  private static func endpoint(_ number: Int, on address: String) -> RemoteEndpoint {
    RemoteEndpoint(
      id: EndpointID(String(repeating: "e\(number)", count: 32))!,
      host: HostID(String(repeating: "10", count: 32))!, tunnelAddress: IPAddress(address)!,
      mac: MACAddress("02:42:0a:00:00:0\(number)")!,
      addresses: [try! IPPrefix(parsing: "10.0.0.\(number)/24")],
      container: ContainerID(String(repeating: "c\(number)", count: 32))!,
      containerName: "far\(number)", aliases: [])
  }

  /// A bench in a cluster, with a container on the network unless told otherwise.
  private func withCluster(
    connected: Bool = true, _ body: (Bench) throws -> Void
  ) throws {
    let script = #"""
      data = request()
      body = b'{"revision":1}'
      if data.startswith(b"POST") and b"/endpoints HTTP" in data:
          body = b'{"addresses":["10.0.0.2/24"],"mac":"02:42:0a:00:00:02","revision":1}'
      reply(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)); wait()
      """#
    try withServer(script) { socket in
      try withBench(["c"]) { bench in
        bench.agent = AgentClient(socketPath: socket)
        try bench.run { try $0.record(Self.membership("10.77.0.2")) }
        try bench.run { try $0.adopt(Self.network) }
        if connected { try bench.connect("n", "c") }
        try body(bench)
      }
    }
  }

  /// What verify finds once hosts files have the names of other hosts.
  private func findings(_ bench: Bench) throws -> [Finding] {
    try bench.run { try $0.writeNames(of: [Self.network.id]) }
    return try bench.findings()
  }

  private func tables(_ bench: Bench) -> World.Tunnel? {
    bench.world[World.host].links[Self.tunnel]?.tunnel
  }

  @Test func adoptedNetworkIsOnRecordAndNotInTheKernel() throws {
    try withCluster(connected: false) { bench in
      let links = bench.world[World.host].links
      var found: Network?
      try bench.run { found = try $0.network("n") }

      #expect(found == Self.network)
      #expect(links.keys.sorted() == ["lo"])
      #expect(try findings(bench) == [])
    }
  }

  @Test func networkIsAdoptedOnce() throws {
    try withCluster(connected: false) { bench in
      let state = bench.state
      try bench.run { try $0.adopt(Self.network) }

      #expect(bench.state == state)
    }
  }

  @Test func connectedContainerReachesWhatIsElsewhere() throws {
    try withCluster { bench in
      try bench.run {
        try $0.replaceRemoteEndpoints(
          of: Self.network.id,
          by: [Self.endpoint(3, on: "10.77.0.2"), Self.endpoint(4, on: "10.77.0.2")])
      }

      #expect(
        tables(bench)?.hosts == [
          MACAddress("02:42:0a:00:00:03")!: IPAddress("10.77.0.2")!,
          MACAddress("02:42:0a:00:00:04")!: IPAddress("10.77.0.2")!,
        ])
      #expect(tables(bench)?.isClosed == true)
      #expect(try findings(bench) == [])
    }
  }

  @Test func listReplacesWhatWasKnown() throws {
    try withCluster { bench in
      try bench.run {
        try $0.replaceRemoteEndpoints(
          of: Self.network.id,
          by: [Self.endpoint(3, on: "10.77.0.2"), Self.endpoint(4, on: "10.77.0.2")])
      }
      try bench.run {
        try $0.replaceRemoteEndpoints(
          of: Self.network.id,
          by: [Self.endpoint(4, on: "10.77.0.3"), Self.endpoint(5, on: "10.77.0.3")])
      }
      var known: [RemoteEndpoint] = []
      try bench.run { known = try $0.remoteEndpoints(of: Self.network.id) }

      #expect(known.map(\.containerName) == ["far4", "far5"])
      #expect(
        tables(bench)?.hosts == [
          MACAddress("02:42:0a:00:00:04")!: IPAddress("10.77.0.3")!,
          MACAddress("02:42:0a:00:00:05")!: IPAddress("10.77.0.3")!,
        ])
      #expect(tables(bench)?.neighbors.count == 2)
    }
  }

  @Test func addressMovesWithItsContainer() throws {
    try withCluster { bench in
      let old = Self.endpoint(3, on: "10.77.0.2")
      try bench.run { try $0.replaceRemoteEndpoints(of: Self.network.id, by: [old]) }
      // Another endpoint, with the same address and so the same hardware address.
      let new = RemoteEndpoint(
        id: EndpointID(String(repeating: "f3", count: 32))!, host: old.host,
        tunnelAddress: IPAddress("10.77.0.3")!, mac: old.mac, addresses: old.addresses,
        container: old.container, containerName: "far3", aliases: [])
      try bench.run {
        try $0.changeRemoteEndpoints(of: Self.network.id, removing: [old], adding: [new])
      }

      #expect(tables(bench)?.hosts == [old.mac: IPAddress("10.77.0.3")!])
      #expect(tables(bench)?.neighbors == [old.addresses[0].address: old.mac])
      #expect(try findings(bench) == [])
    }
  }

  @Test func tunnelThatIsMissingIsMadeWithTheChange() throws {
    try withCluster { bench in
      try bench.run {
        try $0.replaceRemoteEndpoints(
          of: Self.network.id, by: [Self.endpoint(3, on: "10.77.0.2")])
      }
      bench.world[World.host].links[Self.tunnel] = nil
      try bench.run {
        try $0.changeRemoteEndpoints(
          of: Self.network.id, removing: [], adding: [Self.endpoint(4, on: "10.77.0.2")])
      }

      #expect(tables(bench)?.hosts.count == 2)
      #expect(try findings(bench) == [])
    }
  }

  @Test func hostWithoutAContainerOnTheNetworkOnlyRemembers() throws {
    try withCluster(connected: false) { bench in
      try bench.run {
        try $0.replaceRemoteEndpoints(
          of: Self.network.id, by: [Self.endpoint(3, on: "10.77.0.2")])
      }

      #expect(tables(bench) == nil)
      #expect(bench.world.firewall == nil)
    }
  }

  @Test func datagramsAreTakenFromTheHostsOfTheMoment() throws {
    try withCluster { bench in
      func guarded() -> Set<FirewallElement> {
        bench.world.firewall?.filter { element in
          switch element {
          case .tunnelHost, .tunnelPort: true
          default: false
          }
        } ?? []
      }
      let before = guarded()
      try bench.run { try $0.record(Self.membership("10.77.0.3")) }

      #expect(
        before == [
          .tunnelPort(4789), .tunnelHost(IPAddress("10.77.0.1")!),
          .tunnelHost(IPAddress("10.77.0.2")!),
        ])
      #expect(
        guarded() == [
          .tunnelPort(4789), .tunnelHost(IPAddress("10.77.0.1")!),
          .tunnelHost(IPAddress("10.77.0.3")!),
        ])
      #expect(try findings(bench) == [])
    }
  }

  @Test func networkThatIsGoneFromTheStoreIsForgottenWithItsEndpoints() throws {
    try withCluster { bench in
      try bench.run {
        try $0.replaceRemoteEndpoints(
          of: Self.network.id, by: [Self.endpoint(3, on: "10.77.0.2")])
      }
      try bench.run { try $0.forgetNetwork(Self.network.id) }

      #expect(bench.world[World.host].links.keys.sorted() == ["lo"])
      #expect(bench.world["/run/netns/c"].links.keys.sorted() == ["lo"])
      #expect(bench.world.firewall == nil)
      var names: [String] = []
      try bench.run { names = try $0.networks().networks.map(\.name) }
      #expect(names.sorted() == ["bridge", "host", "none"])
      #expect(try findings(bench) == [])
      #expect(!bench.state.entries.keys.contains { $0.hasPrefix("overlay/a1") })
    }
  }

  @Test func fencedHostSendsNothingUntilItMay() throws {
    try withCluster { bench in
      try bench.run {
        try $0.replaceRemoteEndpoints(
          of: Self.network.id, by: [Self.endpoint(3, on: "10.77.0.2")])
      }
      try bench.run { try $0.setTunnels(up: false) }
      let fenced = bench.world[World.host].links[Self.tunnel]?.isUp
      try bench.run { try $0.setTunnels(up: true) }

      #expect(fenced == false)
      #expect(bench.world[World.host].links[Self.tunnel]?.isUp == true)
    }
  }

  @Test func networksComeBackAfterABootOnlyWithContainers() throws {
    try withCluster { bench in
      bench.reboot()
      bench.world["/run/netns/c"] = World.Namespace()
      try bench.run { try $0.prepareHost() }

      #expect(bench.world[World.host].links.keys.sorted() == ["lo"])
      // The endpoint died with the boot; what is left of it is for the store.
      #expect(bench.state.entries.keys.contains { $0.hasPrefix("unfinished/plugin-") })
      var removed: [Endpoint] = []
      try bench.run { removed = try $0.removedOverlayEndpoints() }
      try bench.run { try $0.settleRemovedEndpoint(removed[0].id) }
      #expect(removed.map(\.container.name) == ["c"])
      #expect(!bench.state.entries.keys.contains { $0.hasPrefix("unfinished/") })
    }
  }
}
