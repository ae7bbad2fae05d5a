import Addressing
import AgentAPI
import Configuration
import Containers
import Drivers
import KernelModel
import KernelTestSupport
import NameService
import NetworkModel
import NetworkService

/// A state directory and a kernel, which commands are run against one after the other as if each
/// were a process of its own.
final class Bench {
  let path: String
  var boot = "boot"
  var world: World
  /// The drivers that commands have.
  var drivers = DriverRegistry.builtIn
  var configuration = Configuration()
  /// What is asked for containers that are no named namespaces.
  var runtimes: [any ContainerFinder] = []
  /// What the last command found beside what it was to do.
  private(set) var notices: [Notice] = []
  /// The hosts files; in the state directory, so that they end with the process, too. Their marks
  /// are the same wherever that is, so that the files of two benches can be compared.
  var nameFiles: NameFiles {
    NameFiles(
      statePath: "/state", folder: path + "/netns", hostFile: path + "/hosts",
      hostResolverFile: path + "/resolv")
  }
  /// The name server, which does not run.
  var nameServer: NameServerClient {
    NameServerClient(
      configurationPath: path + "/daemon.json", runDirectory: path + "/run",
      hostFile: path + "/resolv")
  }
  /// The agent of overlay networks; there is none.
  var agent: AgentClient
  private var commandCount: UInt64 = 0

  init(_ path: String, world: World = World()) {
    self.path = path
    self.world = world
    agent = AgentClient(runDirectory: path + "/run")
  }

  /// The state directory without what may differ: the cache, the journal, the lock and the
  /// directory of hosts files.
  var state: FolderSnapshot {
    FolderSnapshot(of: path).without("catalog", "events", "lock", "netns")
  }

  /// Runs one command; gives the number of steps that it took.
  @discardableResult
  func run(
    seed: UInt64? = nil, fault: FakeKernel.Fault = .none,
    _ command: (NetworkService) throws -> Void
  ) throws -> Int {
    commandCount += 1
    var end: FolderSnapshot?
    let kernel = FakeKernel(world, fault: fault) { end = FolderSnapshot(of: self.path) }
    let service = NetworkService(
      statePath: path, boot: boot, kernel: kernel, drivers: drivers,
      configuration: ConfigurationFile(configuration),
      nameFiles: nameFiles, nameServer: nameServer, finders: world.finders(and: runtimes),
      agent: agent, reportsNamesakes: true,
      now: { Timestamp(nanoseconds: 1) }, random: SeededGenerator(seed: seed ?? commandCount))
    defer {
      world = kernel.world
      notices = service.notices
      if let end { end.replace(folderAt: path) }
    }
    try command(service)
    return kernel.stepCount
  }

  /// Makes the state directory and containers.
  func prepare(containers: String...) throws {
    for name in containers { world["/run/netns/\(name)"] = World.Namespace() }
    try run { _ = try $0.networks() }
  }

  func create(_ name: String, _ change: (inout CreateRequest) -> Void = { _ in }) throws {
    var request = CreateRequest(name: name)
    change(&request)
    let whole = request
    try run { _ = try $0.create(whole) }
  }

  func connect(
    _ network: String, _ container: String, _ change: (inout ConnectRequest) -> Void = { _ in }
  ) throws {
    var request = ConnectRequest(network: network, container: container)
    change(&request)
    let whole = request
    try run { try $0.connect(whole) }
  }

  func disconnect(_ network: String, _ container: String) throws {
    try run { try $0.disconnect(network: network, container: container, force: false) }
  }

  @discardableResult
  func publish(_ container: String, _ ports: String...) throws -> [PublishedPort] {
    var published: [PublishedPort] = []
    try run { published = try $0.publish(requests(ports), on: container) }
    return published
  }

  func unpublish(_ container: String, _ ports: String...) throws {
    try run { try $0.unpublish(requests(ports), of: container) }
  }

  func remove(_ network: String) throws {
    try run { try $0.remove(network) }
  }

  /// Makes the kernel lose what goes with its namespaces.
  func deleteVeths() {
    for (place, namespace) in world.namespaces {
      for (name, link) in namespace.links where link.kind == .veth {
        world[place].links[name] = nil
      }
      world[place].routes = []
    }
  }

  /// Lets the host start again: the kernel has nothing of netctl's.
  func reboot() {
    boot += "'"
    world = World()
  }

  func findings() throws -> [Finding] {
    var findings: [Finding] = []
    try run { findings = try $0.verify([]).findings }
    return findings
  }

  func reload(fault: FakeKernel.Fault = .none) throws -> [NetworkFailure] {
    var failures: [NetworkFailure] = []
    try run(fault: fault) { failures = try $0.reload([]) { while $0.next() {} } }
    return failures
  }

  func prune() throws -> [String] {
    var names: [String] = []
    try run {
      var operation = try $0.pruneOperation { _ in true }
      while operation.next() {}
      names = operation.removed
    }
    return names
  }
}

/// Runs `body` with an initialised bench.
func withBench(_ containers: [String] = [], _ body: (Bench) throws -> Void) throws {
  try withTemporaryFolder { path in
    let bench = Bench(path + "/state")
    for name in containers { bench.world["/run/netns/\(name)"] = World.Namespace() }
    try bench.prepare()
    try body(bench)
  }
}
