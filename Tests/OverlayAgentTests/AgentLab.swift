import Addressing
import CommandLineTestSupport
import EtcdClient
import EtcdTestSupport
import KernelTestSupport
import LinuxSystem
import NIOCore
import NIOPosix
import NetworkModel
import OrderedJSON

@testable import AgentAPI
@testable import OverlayAgent

/// A namespace with etcd, and agents of hosts that are only records in memory.
final class AgentLab {
  let folder: String
  let etcd: EtcdServer
  private var agents: [TestAgent] = []

  private init(_ folder: String) throws {
    self.folder = folder
    etcd = try EtcdServer(folder: folder)
    try etcd.waitUntilReady()
  }

  /// Runs `body` in a lab of its own.
  static func run(_ body: (AgentLab) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try withNamespace { _ in
        _ = try KernelTestSupport.run("ip", "link", "set", "lo", "up")
        let lab = try AgentLab(folder)
        defer { lab.agents.forEach { $0.end() } }
        try body(lab)
      }
    }
  }

  /// Starts the agent of a host; by default, it waits until that is registered.
  @discardableResult
  func start(
    _ number: Int, boot: String = "boot", host: TestHost = TestHost(), isAwaited: Bool = true,
    change: (inout AgentSettings) -> Void = { _ in }
  ) throws -> TestAgent {
    var settings = AgentSettings(
      store: EtcdStore([.host("127.0.0.1", port: 2379)]),
      address: IPAddress("10.77.100.\(number)")!, hostName: "h\(number)", boot: boot,
      version: "test")
    settings.heartbeat = 1
    settings.nodeTTL = 3
    change(&settings)
    let agent = try TestAgent(settings, statePath: "\(folder)/h\(number)", host)
    agents.append(agent)
    if isAwaited { try agent.waitUntilRegistered() }
    return agent
  }

  func keys(_ prefix: String) throws -> [String] {
    try etcd.control("get", "--prefix", "--keys-only", "/netctl/v1/" + prefix).output
      .split(separator: "\n").map { String($0.dropFirst("/netctl/v1/".count)) }
  }
}

/// An agent with its threads, without a socket.
final class TestAgent: @unchecked Sendable {
  let agent: Agent
  let host: TestHost
  let log = TestLog()
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private let threads = NIOThreadPool(numberOfThreads: 2)
  private var hasEnded = false

  init(_ settings: AgentSettings, statePath: String, _ host: TestHost) throws {
    self.host = host
    let files = HostFiles(statePath: statePath)
    var generator = SystemRandomNumberGenerator()
    let log = log
    let now: @Sendable () -> Timestamp = { Timestamp(nanoseconds: 1) }
    agent = Agent(
      settings, host: try files.hostID(using: &generator), files: files, loop: group.next(),
      now: now, log: { log.add($0) })
    let worker = HostWorker(
      state: agent.state, host: host, identity: agent.identity, port: settings.port, now: now,
      log: { log.add($0) }, tick: {})
    let session = StoreSession(agent: agent, tick: {})
    threads.start()
    threads.submit { _ in worker.run() }
    threads.submit { _ in session.run() }
  }

  /// Ends the agent, like SIGTERM: what it has in the store stays.
  func end() {
    if hasEnded { return }
    hasEnded = true
    agent.state.change { $0.isEnding = true }
    agent.watches.close()
    agent.client.close()
    try? threads.syncShutdownGracefully()
    try? group.syncShutdownGracefully()
  }

  func waitUntilRegistered() throws {
    try wait { $0.registration != nil && $0.pending.isEmpty && !$0.isWorking }
  }

  /// Waits for a state of the agent.
  func wait(seconds: Double = 10, until condition: (ClusterState) -> Bool) throws {
    let isReached: Void? = agent.state.wait(until: .now + seconds) { condition($0) ? () : nil }
    if isReached == nil { throw Errno.timedOut }
  }

  // MARK: Requests

  func create(
    _ name: String, subnets: [String] = [], options: [String: String] = [:]
  ) throws(AgentError) -> NetworkAnswer {
    var generator = SystemRandomNumberGenerator()
    let network = Network(
      id: NetworkID(using: &generator), name: name, created: Timestamp(nanoseconds: 1),
      scope: "global", driver: DriverName(rawValue: "overlay"),
      ipam: IPAMConfiguration(
        subnets: subnets.map { SubnetConfiguration(subnet: try! IPPrefix(parsing: $0)) }),
      options: options)
    let value = try agent.answer(.create(network))
    return try! NetworkAnswer(ObjectReader(value))
  }

  func connect(
    _ container: String, to network: Network, address: String? = nil, id: EndpointID? = nil
  ) throws(AgentError) -> EndpointAnswer {
    var generator = SystemRandomNumberGenerator()
    let id = id ?? EndpointID(using: &generator)
    let request = EndpointRequest(
      id: id, container: ContainerID(using: &generator), containerName: container, aliases: [],
      families: [.ipv4], addresses: address.map { [IPAddress($0)!] } ?? [], mac: nil)
    host.add(request, network.id)
    do throws(AgentError) {
      let value = try ask(.connect(request, to: network.id))
      let answer = try! EndpointAnswer(ObjectReader(value))
      host.complete(id, answer)
      return answer
    } catch {
      host.remove(id)
      throw error
    }
  }

  private func ask(_ call: AgentCall) throws(AgentError) -> JSONValue { try agent.answer(call) }

  func disconnect(
    _ id: EndpointID, from network: NetworkID, isForced: Bool = false
  ) throws(AgentError) {
    host.remove(id)
    _ = try agent.answer(.disconnect(id, from: network, isForced: isForced))
  }

  func endpoint(_ container: String, on network: NetworkID) -> EndpointID? {
    agent.state.read {
      $0.view.endpoints[network]?.first { $0.value.containerName == container }?.key
    }
  }
}

/// Lines of a log.
final class TestLog: Sendable {
  private let lines = Monitor<[String]>([])

  func add(_ line: String) { lines.change { $0.append(line) } }

  func wait(seconds: Double = 10, for text: String) -> Bool {
    lines.wait(until: .now + seconds) { $0.contains { $0.contains(text) } ? true : nil } ?? false
  }

  func contains(_ text: String) -> Bool { lines.read { $0.contains { $0.contains(text) } } }
}

/// A host that only remembers what it was told.
final class TestHost: OverlayHost {
  struct Memory {
    var cluster = RecordedCluster()
    var local: [EndpointID: LocalEndpoint] = [:]
    var removals: [PendingRemoval] = []
    var updates: [ClusterUpdate] = []
    var isFenced = false
    var failure: HostError?
  }

  let memory = Monitor(Memory())

  func recorded() throws(HostError) -> RecordedCluster { memory.read(\.cluster) }
  func localEndpoints() throws(HostError) -> [LocalEndpoint] {
    memory.read { Array($0.local.values) }
  }
  func removedEndpoints() throws(HostError) -> [PendingRemoval] { memory.read(\.removals) }
  func settle(_ removal: PendingRemoval) throws(HostError) {
    memory.change { $0.removals.removeAll { $0 == removal } }
  }
  func reconcile() throws(HostError) {}
  func setFenced(_ isFenced: Bool) throws(HostError) { memory.change { $0.isFenced = isFenced } }

  func apply(_ update: ClusterUpdate) throws(HostError) {
    if let failure = memory.read(\.failure) { throw failure }
    memory.change { memory in
      memory.updates.append(update)
      memory.cluster.membership = update.membership ?? memory.cluster.membership
      let replaced = Set(update.networks.map(\.id) + update.removedNetworks)
      memory.cluster.networks.removeAll { replaced.contains($0.id) }
      memory.cluster.networks += update.networks
      let endpoints = Set(update.endpoints.map(\.network) + update.removedNetworks)
      memory.cluster.endpoints.removeAll { endpoints.contains($0.network) }
      memory.cluster.endpoints += update.endpoints
    }
  }

  func add(_ request: EndpointRequest, _ network: NetworkID) {
    memory.change {
      $0.local[request.id] = LocalEndpoint(
        id: request.id, network: network, interface: nil, container: request.container,
        containerName: request.containerName, aliases: request.aliases)
    }
  }

  func complete(_ id: EndpointID, _ answer: EndpointAnswer) {
    memory.change { memory in
      guard let local = memory.local[id] else { return }
      memory.local[id] = LocalEndpoint(
        id: id, network: local.network,
        interface: EndpointInterface(
          hostName: nil, name: InterfaceName(ofLink: "eth0"), mac: answer.mac,
          addresses: answer.addresses),
        container: local.container, containerName: local.containerName, aliases: local.aliases)
    }
  }

  func remove(_ id: EndpointID) { memory.change { $0.local[id] = nil } }

  /// The names of the containers on other hosts.
  func names(on network: NetworkID) -> [String] {
    memory.read { $0.names(on: network) }
  }

  func wait(
    seconds: Double = 10, for condition: (Memory) -> Bool
  ) -> Bool {
    memory.wait(until: .now + seconds) { condition($0) ? true : nil } ?? false
  }
}

extension TestHost.Memory {
  func names(on network: NetworkID) -> [String] {
    cluster.endpoints.first { $0.network == network }?.endpoints.map(\.containerName).sorted()
      ?? []
  }
}

/// Runs `body` on so many threads at once, and returns what each returned or threw.
func atOnce<Value: Sendable>(
  _ count: Int, _ body: @escaping @Sendable (Int) throws(AgentError) -> Value
) throws -> [Result<Value, AgentError>] {
  let results = Monitor<[Int: Result<Value, AgentError>]>([:])
  let workers = (0..<count).map { number in
    Worker {
      let result = Result { () throws(AgentError) in try body(number) }
      results.change { $0[number] = result }
    }
  }
  for worker in workers { try worker.join() }
  return results.read { results in (0..<count).compactMap { results[$0] } }
}

extension [Result<NetworkAnswer, AgentError>] {
  var networks: [Network] { compactMap { try? $0.get().network } }
}

extension Result where Failure == AgentError {
  var kind: AgentError.Kind? {
    if case .failure(let error) = self { error.kind } else { nil }
  }
}

/// What a request threw.
func refusal<Value>(_ body: () throws(AgentError) -> Value) -> AgentError? {
  do throws(AgentError) {
    _ = try body()
    return nil
  } catch {
    return error
  }
}
