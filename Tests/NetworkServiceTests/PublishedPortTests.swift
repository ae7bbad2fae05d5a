import Addressing
import KernelModel
import NetworkModel
import NetworkService
import Testing

struct PublishedPortTests {
  private let any4 = IPAddress("0.0.0.0")!
  private let any6 = IPAddress("::")!

  @Test func bothFamiliesGetTheSamePort() throws {
    try withBench(["c"]) { bench in
      try bench.create("n") { $0.ipv6 = true }
      try bench.connect("n", "c")

      let ports = try bench.publish("c", "80", "53/udp", "127.0.0.1 81")

      #expect(
        ports == [
          port(any4, 32768, 80), port(any6, 32768, 80),
          port(any4, 32768, 53, .udp), port(any6, 32768, 53, .udp),
          port(IPAddress("127.0.0.1")!, 32769, 81),
        ])
    }
  }

  @Test func rangeOfTheKernelIsTakenWithoutWhatIsReservedInIt() throws {
    try withBench(["c"]) { bench in
      bench.world[World.host].sysctls[SysctlKey(path: "net/ipv4/ip_local_port_range")] = "100\t109"
      bench.world[World.host].sysctls[SysctlKey(path: "net/ipv4/ip_local_reserved_ports")] =
        "5,100-102,104"
      try bench.create("n")
      try bench.connect("n", "c")

      let ports = try bench.publish("c", "80", "81", "82")

      #expect(ports.map(\.hostPort) == [103, 105, 106])
    }
  }

  @Test func lowestFreePortOfARangeIsTaken() throws {
    try withBench(["c"]) { bench in
      bench.world.bindFailures[8001] = .inUse
      try bench.create("n")
      try bench.connect("n", "c")

      let ports = try bench.publish("c", "8000-8002:80", "8000-8002:80")

      #expect(ports.map(\.hostPort) == [8000, 8002])
      #expect(throws: ServiceError.port(.noneFree(requests("8000-8002:80")[0]))) {
        try bench.publish("c", "8000-8002:80")
      }
    }
  }

  @Test(arguments: [
    ("0.0.0.0 8080:80", "8080:81"), ("8080:80", "127.0.0.1 8080:80"),
    ("127.0.0.1 8080:80", "8080:80"), ("127.0.0.1 8080:80", "127.0.0.1 8080:80"),
    (":: 8080:80", "::1 8080:80"), ("8080:80", ":: 8080:80"),
  ])
  func portOfAnotherContainerIsRefused(_ first: String, _ second: String) throws {
    try withBench(["c", "d"]) { bench in
      try bench.create("n") { $0.ipv6 = true }
      try bench.connect("n", "c")
      try bench.connect("n", "d")
      try bench.publish("c", first)
      let (state, world) = (bench.state, bench.world)

      let error = #expect(throws: ServiceError.self) { try bench.publish("d", "9000:90", second) }

      guard case .port(.taken(_, 8080, by: "c")) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(bench.state == state)
      #expect(bench.world == world)
    }
  }

  @Test func sameNumberOfAnotherAddressProtocolOrFamilyIsNotTaken() throws {
    try withBench(["c", "d"]) { bench in
      try bench.create("n") { $0.ipv6 = true }
      try bench.connect("n", "c")
      try bench.connect("n", "d")
      try bench.publish("c", "127.0.0.1 8080:80")

      try bench.publish("d", "127.0.0.2 8080:80", ":: 8080:80", "8080:80/udp")
    }
  }

  @Test func portThatAProcessOfTheHostHasIsRefused() throws {
    try withBench(["c"]) { bench in
      let nginx = HostProcess(id: 7, command: "nginx")
      bench.world.bindFailures[8080] = .inUse
      bench.world.holders[8080] = nginx
      try bench.create("n")
      let (state, world) = (bench.state, bench.world)
      let request = requests("8080:80")[0]

      #expect(
        throws: ServiceError.port(
          .obstructed(host: any4, port: 8080, request, .inUse, by: nginx))
      ) {
        try bench.connect("n", "c") { $0.ports = [request] }
      }

      #expect(bench.state == state)
      #expect(bench.world == world)
    }
  }

  @Test(arguments: ["internal", "none", "family", "alone"])
  func whatNoNetworkCanCarryIsRefused(_ kind: String) throws {
    try withBench(["c"]) { bench in
      try bench.create("internal") { $0.isInternal = true }
      try bench.create("family")
      if kind != "alone" { try bench.connect(kind, "c") }
      let (state, world) = (bench.state, bench.world)
      let request = requests(kind == "family" ? ":: 8080:80" : "8080:80")

      #expect(throws: ServiceError.port(.noPublishingEndpoint(request[0], container: "c"))) {
        try bench.run { _ = try $0.publish(request, on: "c") }
      }

      #expect(bench.state == state)
      #expect(bench.world == world)
    }
  }

  @Test func portsFollowTheDefaultRoute() throws {
    try withBench(["c"]) { bench in
      for (name, subnet) in [("m", "10.1.0.0/24"), ("a", "10.2.0.0/24"), ("z", "10.3.0.0/24")] {
        try bench.create(name) { $0.subnets = [subnet] }
      }
      try bench.create("i") { $0.isInternal = true }
      try bench.connect("m", "c")
      try bench.publish("c", "8080:80")
      var targets = [target(bench)]
      for name in ["a", "i", "z"] {
        try bench.connect(name, "c") { if name == "z" { $0.gatewayPriority = 1 } }
        targets.append(target(bench))
      }
      for name in ["z", "a", "m"] {
        try bench.disconnect(name, "c")
        targets.append(target(bench))
      }
      try bench.connect("a", "c")
      targets.append(target(bench))

      #expect(
        targets == [
          ["10.1.0.2"], ["10.2.0.2"], ["10.2.0.2"], ["10.3.0.2"], ["10.2.0.2"], ["10.1.0.2"], [],
          ["10.2.0.2"],
        ])
    }
  }

  @Test func bridgeIsReachedByLoopbackAddressesOnlyWhileAPortNeedsIt() throws {
    try withBench(["c", "d"]) { bench in
      try bench.create("n") { $0.ipv6 = true }
      try bench.connect("n", "c")
      try bench.connect("n", "d")
      let before = bench.world
      var open = [loopback(bench)]
      try bench.publish("c", "192.0.2.1 8080:80")
      open.append(loopback(bench))
      try bench.publish("c", "8081:80")
      open.append(loopback(bench))
      try bench.publish("d", "127.0.0.1 8082:80")
      open.append(loopback(bench))
      try bench.unpublish("c", "80")
      open.append(loopback(bench))
      try bench.unpublish("d", "80")
      open.append(loopback(bench))

      #expect(open == ["0 false", "0 false", "1 true", "1 true", "1 false", "0 false"])
      #expect(bench.world == before)
    }
  }

  @Test func flushedTableIsRebuiltWithThePorts() throws {
    try withBench(["c", "d"]) { bench in
      try bench.create("n") { $0.ipv6 = true }
      try bench.connect("n", "c")
      try bench.publish("c", "8080:80", "53:53/udp")
      try bench.connect("n", "d")
      let firewall = bench.world.firewallWithoutPortNames
      try bench.disconnect("n", "d")
      bench.world.firewall = nil

      try bench.connect("n", "d")

      #expect(bench.world.firewallWithoutPortNames == firewall)
    }
  }

  @Test func bridgeThatWasDeletedIsReachedByLoopbackAddressesAgain() throws {
    try withBench(["c", "d"]) { bench in
      bench.world[World.host].sysctls[SysctlKey(path: "net/bridge/bridge-nf-call-ip6tables")] = "1"
      try bench.create("n") { $0.ipv6 = true }
      try bench.connect("n", "c")
      try bench.publish("c", "8080:80")
      #expect(bench.world[World.host].links.contains { $0.value.isHairpin })
      for (name, link) in bench.world[World.host].links {
        if link.kind == .bridge { bench.world[World.host].links[name] = nil }
        if link.kind == .veth { bench.world[World.host].links[name]?.isHairpin = false }
      }

      try bench.connect("n", "d")

      #expect(loopback(bench) == "1 true")
      #expect(bench.world[World.host].links.filter { $0.value.isHairpin }.count == 1)
    }
  }

  @Test func endpointsTellTheirPorts() throws {
    try withBench(["c"]) { bench in
      try bench.create("a") { $0.ipv6 = true }
      try bench.create("m")
      try bench.connect("a", "c")
      try bench.connect("m", "c") { $0.gatewayPriority = 1 }
      try bench.publish("c", "8080:80")
      var ports: [String: [PublishedPort]] = [:]
      try bench.run { service in
        for name in ["a", "m"] {
          ports[name] = try service.ports(of: service.inspect(name).endpoints[0])
        }
      }

      #expect(ports == ["a": [port(any6, 8080, 80)], "m": [port(any4, 8080, 80)]])
    }
  }

  @Test(arguments: ["8080:80", "80", "8000-8010:80"])
  func portsThatNoNetworkCarriesAreTakenUpAgain(_ port: String) throws {
    try withBench(["c"]) { bench in
      try bench.create("n")
      try bench.create("dual") { $0.ipv6 = true }
      try bench.connect("n", "c") { $0.ports = requests(port) }
      let world = bench.world
      var findings: [Finding] = []

      for _ in 0..<2 {
        try bench.disconnect("n", "c")
        try bench.run { findings = try $0.verify([]).findings }
        guard case .unrouted(let idle)? = findings.first else {
          Issue.record("\(findings)")
          return
        }
        #expect(idle.container.name == "c" && idle.ports.count == 1 && findings.count == 1)
        #expect(findings[0].isNote)
        try bench.connect("n", "c") { $0.ports = requests(port) }
      }

      #expect(bench.world.firewallWithoutPortNames == world.firewallWithoutPortNames)
      try bench.run { findings = try $0.verify([]).findings }
      #expect(findings.isEmpty)
    }
  }

  @Test func processThatTookAPortLaterIsFound() throws {
    try withBench(["c"]) { bench in
      try bench.create("n")
      try bench.connect("n", "c")
      try bench.publish("c", "8080:80", "8081:80")
      let process = HostProcess(id: 7, command: "nginx")
      bench.world.bindFailures[8081] = .inUse
      bench.world.holders[8081] = process
      var shadowed: [ShadowedPort] = []
      try bench.run { shadowed = try $0.shadowedPorts() }

      #expect(shadowed.map(\.port) == [port(any4, 8081, 80)])
      #expect(shadowed.map(\.process) == [process])
      #expect(shadowed.map(\.container.name) == ["c"])
    }
  }

  @Test func portsOfAContainerThatIsGoneAreFree() throws {
    try withBench(["c", "d", "e"]) { bench in
      try bench.create("n")
      try bench.create("m")
      try bench.connect("n", "c")
      try bench.connect("m", "d")
      try bench.connect("m", "e")
      try bench.publish("c", "8080:80")
      try bench.publish("d", "8081:80")
      try bench.disconnect("m", "d")
      end("c", bench)
      end("d", bench)

      try bench.publish("e", "8080:80", "8081:80")

      var all: [HeldPorts] = []
      try bench.run { all = try $0.allPorts() }
      #expect(all.map(\.container.name) == ["e"])
      #expect(target(bench).count == 2)
    }
  }

  @Test func portsOfAContainerWithoutNetworksAreShown() throws {
    try withBench(["c"]) { bench in
      try bench.create("n")
      try bench.connect("n", "c")
      try bench.publish("c", "8080:80")
      try bench.disconnect("n", "c")

      try bench.run { (service) throws in
        let held = try service.ports(of: "c")
        #expect(held.ports.map(\.hostPort) == [8080])
        #expect(held.reached.isEmpty)
        #expect(try service.allPorts() == [held])
      }
    }
  }

  @Test func portsEndWithTheBoot() throws {
    try withBench(["c", "d"]) { bench in
      try bench.create("n")
      try bench.connect("n", "c")
      try bench.publish("c", "8080:80")
      bench.world.firewall = nil
      end("c", bench)
      let kernel = FakeKernel(bench.world)
      let service = NetworkService(
        statePath: bench.path, boot: "next boot", kernel: kernel, nameFiles: bench.nameFiles,
        nameServer: bench.nameServer,
        finders: bench.world.finders(and: []), reportsNamesakes: false,
        now: { Timestamp(nanoseconds: 1) }, random: SystemRandomNumberGenerator())

      #expect(try service.allPorts().isEmpty)
      var request = ConnectRequest(network: "n", container: "d")
      request.ports = requests("8080:80")
      try service.connect(request)

      #expect(try service.allPorts().map(\.container.name) == ["d"])
    }
  }

  @Test func onlyWhatIsPublishedIsUnpublished() throws {
    try withBench(["c"]) { bench in
      try bench.create("n")
      try bench.connect("n", "c")
      try bench.publish("c", "8080:80", "8081:80", "80/udp")
      let (state, world) = (bench.state, bench.world)
      let missing = requests("8082:80")[0]

      #expect(throws: ServiceError.port(.notPublished(missing, container: "c"))) {
        try bench.unpublish("c", "8080:80", "8082:80")
      }
      #expect(bench.state == state)
      #expect(bench.world == world)

      try bench.unpublish("c", "8080:80")
      var ports: [PublishedPort] = []
      try bench.run { ports = try $0.ports(of: "c").ports }
      #expect(ports.map(\.hostPort) == [8081, 32768])
      try bench.unpublish("c", "80", "80/udp")
      try bench.run { ports = try $0.ports(of: "c").ports }
      #expect(ports.isEmpty)
    }
  }

  @Test func routedNetworkNeedsNoPortOfTheHost() throws {
    try withBench(["c", "d"]) { bench in
      try bench.create("n") {
        $0.options = ["com.docker.network.bridge.gateway_mode_ipv4": "routed"]
      }
      try bench.connect("n", "c")
      try bench.connect("n", "d")

      let first = try bench.publish("c", "8080:80")
      let second = try bench.publish("d", "8080:80")

      #expect(first.map(\.hostPort) == [nil])
      #expect(first == second)
      #expect(
        bench.world.firewall?.filter { if case .openPort = $0 { true } else { false } }.count == 2)
    }
  }

  @Test func portWithoutOneOfTheHostStaysAsLongAsItIsPublished() throws {
    try withBench(["c"]) { bench in
      try bench.create("n") {
        $0.ipv6 = true
        $0.options = ["com.docker.network.bridge.gateway_mode_ipv6": "routed"]
      }
      try bench.connect("n", "c")
      let (world, state) = (bench.world, bench.state)
      try bench.publish("c", "8080:80")
      let once = bench.world

      try bench.publish("c", "8081:80")
      #expect(throws: ServiceError.self) { try bench.publish("c", "81", "8081:80") }
      try bench.unpublish("c", "8081:80")
      #expect(bench.world == once)

      try bench.unpublish("c", "8080:80")
      #expect(bench.world == world)
      #expect(bench.state == state)
    }
  }

  @Test func defaultAddressOfTheNetworkIsUsed() throws {
    try withBench(["c"]) { bench in
      try bench.create("n") {
        $0.ipv6 = true
        $0.options = ["com.docker.network.bridge.host_binding_ipv4": "127.0.0.1"]
      }
      try bench.connect("n", "c")

      let ports = try bench.publish("c", "8080:80", ":: 8081:80")

      #expect(ports == [port(IPAddress("127.0.0.1")!, 8080, 80), port(any6, 8081, 80)])
    }
  }

  private func port(
    _ host: IPAddress, _ hostPort: UInt16, _ containerPort: UInt16, _ transport: Transport = .tcp
  ) -> PublishedPort {
    PublishedPort(
      host: host, hostPort: hostPort, transport: transport, containerPort: containerPort)
  }

  /// The addresses to which ports of the host lead.
  private func target(_ bench: Bench) -> [String] {
    (bench.world.firewall ?? []).compactMap { element in
      if case .published(_, _, _, let target, _) = element { "\(target)" } else { nil }
    }
  }

  private func loopback(_ bench: Bench) -> String {
    let host = bench.world[World.host]
    let isRouted = host.sysctls.first { $0.key.path.hasSuffix("/route_localnet") }?.value ?? ""
    return "\(isRouted) \(host.links.contains { $0.value.hasLoopbackRoute })"
  }

  private func end(_ container: String, _ bench: Bench) {
    for (name, link) in bench.world[World.host].links
    where link.peer?.namespace == "/run/netns/\(container)" {
      bench.world[World.host].links[name] = nil
    }
    bench.world.namespaces["/run/netns/\(container)"] = nil
  }
}
