import Addressing
import KernelModel
import KernelTestSupport
import NetworkModel
import NetworkService
import StateStore
import Testing

struct EndpointLifeTests {
  @Test func addressOfAnEndpointWhoseLinkIsGoneIsFree() throws {
    try withBench(["c", "d"]) { bench in
      try bench.create("n") { $0.subnets = ["10.9.0.0/30"] }
      try bench.connect("n", "c")
      #expect(throws: ServiceError.self) { try bench.connect("n", "d") }
      bench.deleteVeths()

      try bench.connect("n", "d")

      let endpoints = try endpoints(bench, "n")
      #expect(endpoints.map(\.container.name) == ["d"])
      #expect(endpoints[0].interface?.addresses == [try IPPrefix(parsing: "10.9.0.2/30")])
    }
  }

  /// The kernel keeps the host's end of a veth for a while after the namespace of the other is
  /// gone.
  @Test(arguments: LateCommand.all)
  func containerWhoseNamespaceIsGoneHoldsNothing(_ command: LateCommand) throws {
    try withBench(["c", "d"]) { bench in
      try bench.create("n") { $0.subnets = ["10.9.0.0/30"] }
      try bench.create("m")
      try bench.connect("m", "d")
      try bench.connect("n", "c") { $0.ports = requests(["8080:80"]) }
      bench.world.namespaces["/run/netns/c"] = nil

      try command.run(bench)
    }
  }

  /// A command right after a container on network `n`, with its only address and a port, is gone.
  struct LateCommand: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let run: @Sendable (Bench) throws -> Void

    static let all = [
      LateCommand(testDescription: "connect with its address and port") { (bench) throws in
        try bench.connect("n", "d") {
          $0.ipv4 = IPAddress("10.9.0.2")
          $0.ports = requests(["8080:80"])
        }
        #expect(bench.world[World.host].links.values.count { $0.kind == .veth } == 2)
      },
      LateCommand(testDescription: "connect to a full subnet") { try $0.connect("n", "d") },
      LateCommand(testDescription: "publish") { try $0.publish("d", "8080:80") },
      LateCommand(testDescription: "remove") { try $0.remove("n") },
      LateCommand(testDescription: "prune") { (bench) throws in
        #expect(try bench.prune() == ["n"])
      },
      LateCommand(testDescription: "inspect") { (bench) throws in
        try bench.run { (service) throws in #expect(try service.inspect("n").endpoints.isEmpty) }
      },
      LateCommand(testDescription: "list") { (bench) throws in
        try bench.run { (service) throws in
          let network = try service.network("n")
          #expect(try service.liveEndpointCounts(of: [network]).isEmpty)
          #expect(try !service.hasLiveEndpoints(network))
          #expect(try !service.networksInUse().contains(network.id))
        }
      },
      LateCommand(testDescription: "port") { (bench) throws in
        try bench.run { (service) throws in #expect(try service.allPorts().isEmpty) }
      },
      LateCommand(testDescription: "graph") { (bench) throws in
        try bench.run { (service) throws in
          let snapshot = try service.snapshot()
          #expect(snapshot.networks.flatMap(\.endpoints).map(\.container.name) == ["d"])
          #expect(snapshot.ports.isEmpty)
        }
      },
      LateCommand(testDescription: "verify") { (bench) throws in
        try bench.run { (service) throws in
          let findings = try service.verify(["n"]).findings
          #expect(findings.count { if case .vanished = $0 { true } else { false } } == 1)
        }
      },
      LateCommand(testDescription: "reload") { (bench) throws in
        try bench.run { (service) throws in
          let failures = try service.reload([]) { while $0.next() {} }
          #expect(failures.isEmpty)
        }
        #expect(bench.world[World.host].links.values.count { $0.kind == .veth } == 1)
      },
    ]
  }

  @Test func containerMaySendWithItsAddressesOnAllNetworks() throws {
    try withBench(["c"]) { bench in
      try bench.create("n") { $0.subnets = ["10.8.0.0/24"] }
      try bench.create("m") { $0.subnets = ["10.9.0.0/24"] }
      let before = bench.world.firewall
      try bench.connect("n", "c")
      let alone = sources(bench)

      try bench.connect("m", "c")

      let both = Set(sources(bench).map(\.bridge))
      #expect(alone.map(\.address) == ["10.8.0.2"])
      #expect(both.count == 2)
      #expect(
        sources(bench).map(\.address).sorted() == ["10.8.0.2", "10.8.0.2", "10.9.0.2", "10.9.0.2"])
      bench.world.firewall = nil
      try bench.disconnect("m", "c")
      #expect(sources(bench).map(\.bridge) == alone.map(\.bridge))
      try bench.disconnect("n", "c")
      #expect(bench.world.firewall == before)
    }
  }

  @Test func onlyWhatMayLeavePassesAtOnce() throws {
    try withBench(["c"]) { bench in
      try bench.create("n") { $0.subnets = ["10.8.0.0/24"] }
      try bench.create("m") {
        $0.subnets = ["10.9.0.0/24"]
        $0.isInternal = true
      }

      try bench.connect("n", "c")
      try bench.connect("m", "c")

      let senders = (bench.world.firewall ?? []).compactMap { element in
        if case .fastPathSource(let bridge, let address) = element {
          (bridge, "\(address)")
        } else {
          nil
        }
      }
      #expect(Set(sources(bench).map(\.bridge)).count == 2)
      #expect(Set(senders.map(\.0)).count == 1)
      #expect(senders.map(\.1).sorted() == ["10.8.0.2", "10.9.0.2"])
    }
  }

  private func sources(_ bench: Bench) -> [(bridge: InterfaceName, address: String)] {
    (bench.world.firewall ?? []).compactMap { element in
      if case .validSource(let bridge, _, let address) = element {
        (bridge, "\(address)")
      } else {
        nil
      }
    }
  }

  @Test func networkWhoseContainersAreGoneCanBeRemoved() throws {
    try withBench(["c"]) { bench in
      let state = bench.state
      try bench.create("n")
      try bench.connect("n", "c")
      #expect(throws: ServiceError.self) { try bench.remove("n") }
      bench.world.namespaces["/run/netns/c"] = nil
      bench.deleteVeths()

      try bench.remove("n")

      #expect(bench.state.without("netns") == state)
    }
  }

  @Test func namespaceThatTookAnothersPlaceIsNotConnected() throws {
    try withBench(["c"]) { bench in
      try bench.create("n")
      try bench.connect("n", "c")
      bench.deleteVeths()

      #expect(throws: ServiceError.self) { try bench.disconnect("n", "c") }
      try bench.connect("n", "c")

      #expect(try endpoints(bench, "n").count == 1)
    }
  }

  /// A namespace may outlive its name, which may be given to another.
  @Test func containerWhoseNameMeansAnotherIsAddressedByItsIdentity() throws {
    try withBench(["c", "d"]) { bench in
      try bench.create("n")
      try bench.connect("n", "c") { $0.ports = requests(["8080:80"]) }
      let id = try endpoints(bench, "n")[0].container.id
      bench.world.namespaces["/run/netns/c"] = World.Namespace(number: 2)
      try bench.connect("n", "d")

      #expect(throws: ServiceError.self) { try bench.disconnect("n", "c") }
      #expect(
        throws: ServiceError.port(
          .taken(host: try #require(IPAddress("0.0.0.0")), port: 8080, by: id.short))
      ) {
        try bench.publish("d", "8080:80")
      }
      try bench.run { (service) throws in
        #expect(try service.ports(of: id.short).ports.count == 1)
        #expect(service.reference(to: try service.ports(of: id.description).container) == id.short)
      }
      try bench.unpublish(id.short, "80")
      try bench.publish("d", "8080:80")
      try bench.disconnect("n", String(id.description.prefix(4)))

      #expect(try endpoints(bench, "n").map(\.container.name) == ["d"])
    }
  }

  @Test func recordedNameIsUnderstoodWithForce() throws {
    try withBench(["c"]) { bench in
      try bench.create("n")
      try bench.connect("n", "c")
      bench.world.namespaces["/run/netns/c"] = World.Namespace(number: 2)

      try bench.run { try $0.disconnect(network: "n", container: "c", force: true) }

      #expect(try endpoints(bench, "n").isEmpty)
      #expect(throws: ServiceError.self) {
        try bench.run { try $0.disconnect(network: "n", container: "c", force: true) }
      }
    }
  }

  /// A namespace that was mounted on a file leaves that file behind.
  @Test func recordedNameOfAnotherFileIsUnderstoodWithForce() throws {
    try withBench(["c"]) { bench in
      try bench.create("n")
      try bench.connect("n", "c")
      bench.world.namespaces["/run/netns/c"] = nil
      bench.world.otherFiles = ["/run/netns/c"]

      #expect(throws: ServiceError.self) { try bench.disconnect("n", "c") }
      try bench.run { try $0.disconnect(network: "n", container: "c", force: true) }

      #expect(try endpoints(bench, "n").isEmpty)
    }
  }

  @Test func beginningOfSeveralIdentitiesIsAmbiguous() throws {
    let names = (0..<17).map { "c\($0)" }
    try withBench(names) { bench in
      try bench.create("n")
      for name in names { try bench.connect("n", name) }
      let ids = try endpoints(bench, "n").map(\.container.id.description)
      let digit = try #require(ids.first { id in ids.count { $0.first == id.first } > 1 }?.first)

      #expect(
        throws: ServiceError.ambiguousContainer(
          String(digit), matches: ids.count { $0.first == digit })
      ) {
        try bench.disconnect("n", String(digit))
      }
    }
  }

  @Test func secondConnectionIsRefused() throws {
    try withBench(["c"]) { bench in
      try bench.create("n")
      try bench.connect("n", "c")
      let (state, world) = (bench.state, bench.world)

      #expect(throws: ServiceError.alreadyConnected(container: "c", network: "n")) {
        try bench.connect("n", "c")
      }

      #expect(bench.state == state)
      #expect(bench.world == world)
    }
  }

  @Test func lowestFreeAddressIsGivenOutAgainAtOnce() throws {
    try withBench(["a", "b", "c"]) { bench in
      try bench.create("n") { $0.subnets = ["10.9.0.0/24"] }
      try bench.connect("n", "a")
      try bench.connect("n", "b")
      try bench.disconnect("n", "a")

      try bench.connect("n", "c")

      let addresses = try endpoints(bench, "n").compactMap(\.interface).flatMap(\.addresses)
      #expect(addresses.map(\.description).sorted() == ["10.9.0.2/24", "10.9.0.3/24"])
    }
  }

  @Test(arguments: ["10.9.0.0", "10.9.0.1", "10.9.0.7", "10.9.0.255", "10.9.0.2"])
  func takenAddressIsRefused(_ address: String) throws {
    try withBench(["c", "d"]) { bench in
      try bench.create("n") {
        $0.subnets = ["10.9.0.0/24"]
        $0.auxiliaryAddresses = ["a": "10.9.0.7"]
      }
      try bench.connect("n", "d")
      let (state, world) = (bench.state, bench.world)

      #expect(throws: ServiceError.addressInUse) {
        try bench.connect("n", "c") { $0.ipv4 = IPAddress(address) }
      }

      #expect(bench.state == state)
      #expect(bench.world == world)
    }
  }

  @Test func lowestFreeInterfaceNameIsTaken() throws {
    try withBench(["c"]) { bench in
      bench.world["/run/netns/c"].links["eth1"] = World.Link()
      for name in ["x", "y", "z"] { try bench.create(name) }
      for name in ["x", "y"] { try bench.connect(name, "c") }
      #expect(bench.world["/run/netns/c"].links.keys.sorted() == ["eth0", "eth1", "eth2", "lo"])

      try bench.disconnect("x", "c")
      try bench.connect("z", "c")

      #expect(try endpoints(bench, "z")[0].interface?.name == "eth0")
    }
  }

  @Test func chosenInterfaceNameThatIsTakenIsRefused() throws {
    try withBench(["c"]) { bench in
      try bench.create("n")

      #expect(
        throws: ServiceError.interfaceExists(InterfaceName("lo"), container: "c")
      ) {
        try bench.connect("n", "c") {
          $0.driverOptions = ["com.docker.network.endpoint.ifname": "lo"]
        }
      }
    }
  }

  @Test func routeThatNetctlDidNotAddStays() throws {
    try withBench(["c"]) { bench in
      let foreign = DefaultRoute(gateway: try #require(IPAddress("192.0.2.1")), interface: "own0")
      bench.world["/run/netns/c"].links["own0"] = World.Link(isUp: true)
      bench.world["/run/netns/c"].routes = [foreign]
      try bench.create("n") { $0.subnets = ["10.1.0.0/24"] }
      try bench.create("z") { $0.subnets = ["10.2.0.0/24"] }
      let world = bench.world

      try bench.connect("n", "c")
      let beside = bench.world["/run/netns/c"]
      try bench.connect("z", "c") { $0.gatewayPriority = 1 }
      let before = bench.world["/run/netns/c"]
      try bench.disconnect("z", "c")
      let again = bench.world["/run/netns/c"]
      try bench.disconnect("n", "c")

      #expect(beside.routes == [foreign])
      #expect(beside.returnPaths.map(\.source.description) == ["10.1.0.2/24"])
      #expect(before.routes.map(\.gateway?.description) == ["10.2.0.1", "192.0.2.1"])
      #expect(before.returnPaths.isEmpty)
      #expect(again == beside)
      #expect(bench.world == world)
    }
  }

  @Test func loopbackOfAContainerComesUpAndIsDownAgainAfterAFailure() throws {
    try withBench(["c"]) { bench in
      bench.world["/run/netns/c"].links["lo"]?.isUp = false
      try bench.create("n")
      let world = bench.world

      #expect(throws: ServiceError.self) {
        try bench.run(fault: .refusing(3)) {
          try $0.connect(ConnectRequest(network: "n", container: "c"))
        }
      }
      #expect(bench.world == world)

      for network in ["n", "none"] {
        bench.world["/run/netns/c"].links["lo"]?.isUp = false
        try bench.connect(network, "c")
        #expect(bench.world["/run/netns/c"].links["lo"]?.isUp == true)
        try bench.disconnect(network, "c")
      }
    }
  }

  @Test func defaultRouteFollowsPriorityThenName() throws {
    try withBench(["c"]) { bench in
      for (name, subnet) in [("m", "10.1.0.0/24"), ("a", "10.2.0.0/24"), ("z", "10.3.0.0/24")] {
        try bench.create(name) { $0.subnets = [subnet] }
      }
      var owners: [String] = []
      try bench.connect("m", "c")
      owners.append(gateway(bench))
      try bench.connect("a", "c")
      owners.append(gateway(bench))
      try bench.connect("z", "c") { $0.gatewayPriority = 1 }
      owners.append(gateway(bench))
      try bench.disconnect("z", "c")
      owners.append(gateway(bench))
      try bench.disconnect("a", "c")
      owners.append(gateway(bench))
      try bench.disconnect("m", "c")
      owners.append(gateway(bench))

      #expect(owners == ["10.1.0.1", "10.2.0.1", "10.3.0.1", "10.2.0.1", "10.1.0.1", ""])
    }
  }

  @Test func privateNetworkExcludesOthers() throws {
    try withBench(["c"]) { bench in
      try bench.create("n")
      try bench.connect("none", "c")
      #expect(throws: ServiceError.privateNetwork) { try bench.connect("n", "c") }
      try bench.disconnect("none", "c")
      try bench.connect("n", "c")
      #expect(throws: ServiceError.privateNetwork) { try bench.connect("none", "c") }
    }
  }

  @Test func endpointsEndWithTheBoot() throws {
    try withBench(["c"]) { bench in
      try bench.create("n") { $0.subnets = ["10.9.0.0/30"] }
      try bench.connect("n", "c")
      let world = bench.world
      let kernel = FakeKernel(world)
      let service = NetworkService(
        statePath: bench.path, boot: "next boot", kernel: kernel, nameFiles: bench.nameFiles,
        nameServer: bench.nameServer,
        now: { Timestamp(nanoseconds: 1) }, random: SeededGenerator(seed: 1000))

      #expect(try service.inspect("n").endpoints.isEmpty)
      try service.remove("n")

      #expect(try service.networks().networks.count == 3)
    }
  }

  /// A record that cannot be written is like a step that is refused.
  @Test(arguments: [
    "unfinished/endpoint-ID.json.new", "unfinished/endpoint-ID.json", "leases/NET.json.new",
    "endpoints/NET/ID.json",
  ])
  func failedWriteLeavesEverythingAsBefore(_ bindFailure: String) throws {
    try withBench(["c"]) { bench in
      try bench.create("n")
      var generator = SeededGenerator(seed: 77)
      let id = EndpointID(using: &generator)
      var network: NetworkID?
      try bench.run { network = try $0.inspect("n").network.id }
      let world = bench.world
      let state = bench.state
      let path = bindFailure.replacing("ID", with: id.description)
        .replacing("NET", with: "\(try #require(network))")
      let parts = path.split(separator: "/")
      for count in 1...parts.count {
        makeFolder("\(bench.path)/\(parts.prefix(count).joined(separator: "/"))")
      }

      #expect(throws: ServiceError.self) {
        try bench.run(seed: 77) { try $0.connect(ConnectRequest(network: "n", container: "c")) }
      }
      #expect(bench.world == world)

      for count in (1...parts.count).reversed() {
        let part = parts.prefix(count).joined(separator: "/")
        if state.entries[part] == nil { removeFolder("\(bench.path)/\(part)") }
      }
      #expect(throws: ServiceError.self) { try bench.remove("absent") }
      #expect(bench.state == state)
    }
  }

  private func gateway(_ bench: Bench) -> String {
    bench.world["/run/netns/c"].routes.compactMap { $0.gateway?.description }.joined()
  }

  private func endpoints(_ bench: Bench, _ network: String) throws -> [Endpoint] {
    var endpoints: [Endpoint] = []
    try bench.run { endpoints = try $0.inspect(network).endpoints }
    return endpoints
  }
}
