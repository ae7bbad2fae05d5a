import Addressing
import Containers
import KernelModel
import KernelTestSupport
import LinuxSystem
import NetworkModel
import NetworkService
import StateStore
import Testing

/// Containers that an engine stops and starts again: their endpoints wait for them.
struct RestartTests {
  private static let id = String(repeating: "ab", count: 32)
  private static let path = "/proc/7/ns/net"

  /// An engine with the container `web`, which runs in a namespace or is stopped.
  private struct Engine: ContainerFinder {
    let kind = ContainerKind.docker
    var path: String?
    var isRemoved = false

    func container(_ name: String) throws(FinderError) -> FoundContainer? {
      guard !isRemoved, name == "web" || RestartTests.id.hasPrefix(name) else { return nil }
      return FoundContainer(
        .docker, name: "web", id: RestartTests.id, location: path.map { .file($0) } ?? .stopped)
    }

    func containers(until deadline: Deadline) throws(FinderError) -> [ListedContainer] { [] }

    func hasRemoved(_ id: String) throws(FinderError) -> Bool? { isRemoved }
  }

  /// A bench with the network n and the container `web`, connected while it is stopped.
  private func withWaiting(
    _ containers: [String] = [], _ change: (inout ConnectRequest) -> Void = { _ in },
    _ body: (Bench) throws -> Void
  ) throws {
    try withBench(containers) { bench in
      bench.runtimes = [Engine()]
      try bench.create("n") { $0.subnets = ["10.9.0.0/29"] }
      try bench.connect("n", "web", change)
      try body(bench)
    }
  }

  private func start(_ bench: Bench, number: UInt64 = 1) {
    bench.world[Self.path] = World.Namespace(number: number)
    bench.runtimes = [Engine(path: Self.path)]
  }

  private func stop(_ bench: Bench) {
    bench.world.namespaces[Self.path] = nil
    bench.runtimes = [Engine()]
  }

  private func reload(
    _ bench: Bench, fault: FakeKernel.Fault = .none
  ) throws -> [NetworkFailure] {
    var failures: [NetworkFailure] = []
    try bench.run(fault: fault) { failures = try $0.reload(["web"]) { while $0.next() {} } }
    return failures
  }

  /// Who is on the network, with their addresses.
  private func connected(_ bench: Bench) throws -> [String] {
    try endpoints(bench, "n").map {
      "\($0.container.name) \($0.interface?.addresses.first?.description ?? "")"
    }.sorted()
  }

  private func endpoints(_ bench: Bench, _ network: String) throws -> [Endpoint] {
    var endpoints: [Endpoint] = []
    try bench.run { endpoints = try $0.inspect(network).endpoints }
    return endpoints
  }

  private func veths(_ bench: Bench) -> Int {
    bench.world[World.host].links.values.count { $0.kind == .veth }
  }

  @Test func stoppedContainerIsConnectedWhenItHasBeenStarted() throws {
    try withWaiting(["c"], { $0.ports = requests(["8080:80"]) }) { bench in
      #expect(try connected(bench) == [])
      #expect(veths(bench) == 0)
      #expect(throws: ServiceError.alreadyConnected(container: "web", network: "n")) {
        try bench.connect("n", "web")
      }
      try bench.connect("n", "c")

      start(bench)
      #expect(try bench.findings().count == 1)
      #expect(try reload(bench).isEmpty)

      #expect(try connected(bench) == ["c 10.9.0.3/29", "web 10.9.0.2/29"])
      #expect(try endpoints(bench, "n").map(\.container.id.description).contains(Self.id))
      #expect(try bench.findings().isEmpty)
      var ports: [PublishedPort] = []
      try bench.run { ports = try $0.ports(of: "web").ports }
      #expect(ports.map(\.hostPort) == [8080])
    }
  }

  @Test func restartedContainerIsAsBefore() throws {
    try withWaiting { bench in
      start(bench)
      #expect(try reload(bench).isEmpty)
      let before = try endpoints(bench, "n")
      bench.world[Self.path] = World.Namespace(number: 2)

      #expect(try reload(bench).isEmpty)

      let after = try endpoints(bench, "n")
      #expect(after.map(\.interface) == before.map(\.interface))
      #expect(after.map(\.id) == before.map(\.id))
      #expect(veths(bench) == 1)
      #expect(try bench.findings().isEmpty)
    }
  }

  @Test func connectingAContainerThatWasStartedReplacesWhatWaited() throws {
    try withWaiting([], { $0.aliases = ["db"] }) { bench in
      start(bench)

      try bench.connect("n", "web") { $0.ipv4 = IPAddress("10.9.0.5") }

      #expect(try connected(bench) == ["web 10.9.0.5/29"])
      #expect(try bench.findings().isEmpty)
      try bench.disconnect("n", "web")
      stop(bench)
      try bench.connect("n", "web") { $0.ipv4 = IPAddress("10.9.0.2") }
    }
  }

  @Test func automaticAddressIsKeptUntilSomebodyNeedsIt() throws {
    try withWaiting(["c", "d"]) { bench in
      try bench.connect("n", "c")
      #expect(try connected(bench) == ["c 10.9.0.3/29"])

      try bench.connect("n", "d") { $0.ipv4 = IPAddress("10.9.0.2") }
      start(bench)
      #expect(try reload(bench).isEmpty)

      #expect(try connected(bench) == ["c 10.9.0.3/29", "d 10.9.0.2/29", "web 10.9.0.4/29"])
      #expect(Set(try endpoints(bench, "n").map(\.interface?.mac)).count == 3)
      #expect(try bench.findings().isEmpty)
    }
  }

  @Test func chosenAddressIsHeldUntilTheContainerIsDisconnectedOrRemoved() throws {
    let choose = { (request: inout ConnectRequest) in request.ipv4 = IPAddress("10.9.0.4") }
    try withWaiting(["c"], choose) { bench in
      let address = try #require(IPAddress("10.9.0.4"))
      var leases: [AddressLease] = []
      try bench.run { leases = try $0.leases(of: "n") }
      #expect(leases.map(\.address.address).contains(address))
      #expect(throws: ServiceError.addressHeld(address, for: "web")) {
        try bench.connect("n", "c", choose)
      }
      try bench.disconnect("n", "web")
      try bench.connect("n", "c", choose)
    }
    try withWaiting(["c"], choose) { bench in
      bench.runtimes = [Engine(isRemoved: true)]
      try bench.connect("n", "c", choose)
      #expect(try bench.findings().isEmpty)
    }
  }

  @Test func portIsHeldUntilTheContainerIsRemoved() throws {
    let publish = { (request: inout ConnectRequest) in request.ports = requests(["8080:80"]) }
    try withWaiting(["c"], publish) { bench in
      #expect(throws: ServiceError.self) { try bench.connect("n", "c", publish) }
      bench.runtimes = [Engine(isRemoved: true)]
      #expect(try bench.findings().count == 1)
      try bench.connect("n", "c", publish)
      #expect(try bench.findings().isEmpty)
    }
  }

  @Test func waitingContainerDoesNotKeepItsNetwork() throws {
    try withWaiting([], { $0.ports = requests(["8080:80"]) }) { bench in
      try bench.remove("n")
      try bench.create("n")
      #expect(try bench.findings().isEmpty)
      start(bench)
      #expect(try reload(bench).isEmpty)
      #expect(try connected(bench) == [])
    }
  }

  @Test func restartOfTheHostIsARestart() throws {
    try withWaiting(["c"], { $0.ports = requests(["8080:80"]) }) { bench in
      start(bench)
      #expect(try reload(bench).isEmpty)
      try bench.connect("n", "c")
      bench.reboot()
      start(bench)

      #expect(try reload(bench).isEmpty)

      #expect(try connected(bench) == ["web 10.9.0.2/29"])
      #expect(try bench.findings().isEmpty)
    }
  }

  @Test func portsOfAContainerThatAHookConnectsWaitForIt() throws {
    for isReboot in [false, true] {
      try withBench(["c"]) { bench in
        try bench.create("n") { $0.subnets = ["10.9.0.0/29"] }
        start(bench)
        let mark = { (request: inout ConnectRequest) in
          request.driverOptions[Endpoint.hookMark] = "x"
        }
        try bench.connect("n", "web", mark)
        try bench.run { _ = try $0.publish(requests(["8080:80"]), on: "web") }
        if isReboot {
          bench.reboot()
          bench.world["/run/netns/c"] = World.Namespace()
        }
        stop(bench)
        _ = try bench.reload()
        #expect(try connected(bench) == [])
        #expect(try bench.findings().isEmpty)
        #expect(throws: ServiceError.self) {
          try bench.connect("n", "c") { $0.ports = requests(["8080:81"]) }
        }

        start(bench, number: 2)
        try bench.connect("n", "web", mark)

        var ports: [PublishedPort] = []
        try bench.run { ports = try $0.ports(of: "web").ports }
        #expect(ports.map(\.hostPort) == [8080])
        #expect(try bench.findings().isEmpty)

        stop(bench)
        bench.runtimes = [Engine(isRemoved: true)]
        try bench.connect("n", "c") { $0.ports = requests(["8080:81"]) }
        #expect(try bench.findings().isEmpty)
      }
    }
  }

  @Test func stoppedContainerHasNoNameForOthers() throws {
    try withWaiting(["c"]) { bench in
      try bench.connect("n", "c")
      let names = { FolderSnapshot(of: bench.path + "/netns").text("c/hosts") ?? "" }
      #expect(!(names()).contains("web"))
      start(bench)
      _ = try reload(bench)
      #expect(names().contains("web"))
      stop(bench)
      _ = try bench.reload()
      #expect(!(names()).contains("web"))
      #expect(try bench.findings().isEmpty)
    }
  }

  @Test func whateverLeadsToTheNamespaceLeadsToTheContainer() throws {
    try withWaiting { bench in
      start(bench)
      _ = try reload(bench)
      for reference in ["pid:7", Self.path, Self.id, "docker:ab"] {
        #expect(throws: ServiceError.alreadyConnected(container: "web", network: "n")) {
          try bench.connect("n", reference)
        }
      }
      try bench.disconnect("n", "pid:7")
      #expect(try connected(bench) == [])
    }
  }

  /// Killed or refused at each of its steps, the command can be repeated.
  @Test func interruptedStartLeavesTheEndpointWaiting() throws {
    var step = 0
    var isDone = false
    while !isDone {
      for fault in [FakeKernel.Fault.refusing(step), .ending(step)] {
        try withWaiting([], { $0.ports = requests(["8080:80"]) }) { bench in
          start(bench)
          var steps = 0
          try bench.run(fault: fault) { service in
            _ = try? service.reload(["web"]) { while $0.next() {} }
          }
          stop(bench)
          _ = try bench.reload()
          #expect(veths(bench) == 0, "\(fault)")
          #expect(try bench.findings().isEmpty, "\(fault)")
          start(bench)
          try bench.run { _ = try $0.networks() }
          #expect(try reload(bench).isEmpty, "\(fault)")
          #expect(try connected(bench) == ["web 10.9.0.2/29"], "\(fault)")
          #expect(try bench.findings().isEmpty, "\(fault)")
          stop(bench)
          start(bench, number: 3)
          steps = try bench.run { _ = try $0.reload(["web"]) { while $0.next() {} } }
          if step > steps { isDone = true }
        }
      }
      step += 1
    }
  }
}
