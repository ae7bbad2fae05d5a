import AgentAPI
import EtcdClient
import EtcdMessages
package import NIOCore
package import NetworkModel

/// The agent of overlay networks: what its threads have in common.
package final class Agent: Sendable {
  let settings: AgentSettings
  let keys: StoreKeys
  let client: EtcdClient
  let identity: ClusterHost
  let files: HostFiles
  let state: Monitor<ClusterState>
  let watches: WatchTable
  let now: @Sendable () -> Timestamp
  let log: @Sendable (String) -> Void

  package init(
    _ settings: AgentSettings, host: HostID, files: HostFiles, loop: any EventLoop,
    now: @escaping @Sendable () -> Timestamp, log: @escaping @Sendable (String) -> Void
  ) {
    self.settings = settings
    self.files = files
    self.now = now
    self.log = log
    keys = StoreKeys(path: settings.path)
    client = EtcdClient(settings.store, on: loop)
    identity = ClusterHost(id: host, name: settings.hostName, address: settings.address)
    let state = Monitor(ClusterState(ClusterView(keys, host)))
    self.state = state
    watches = WatchTable(client, state, log: log)
  }

  /// Runs `body` on the thread that changes this host, and waits for it.
  func onHost<Result: Sendable>(
    _ body: @escaping @Sendable (any OverlayHost) throws(HostError) -> Result
  ) throws(HostError) -> Result {
    let answer = Monitor<Swift.Result<Result, HostError>?>(nil)
    let job = HostJob { host in
      let result = Swift.Result { () throws(HostError) in try body(host) }
      answer.change { $0 = result }
    }
    state.change { $0.jobs.append(job) }
    while true {
      if let result = answer.wait(until: .now + 60, for: { $0 }) { return try result.get() }
      if state.read(\.isEnding) { throw HostError("the agent ends") }
    }
  }

  /// Makes a call, and takes note of whether the store can be used.
  func call<Request: EtcdRequest>(
    _ request: Request, within milliseconds: Int64? = nil
  ) throws(EtcdError) -> Request.Response {
    do throws(EtcdError) {
      let response = try client.call(request, within: milliseconds)
      noteSuccess()
      return response
    } catch {
      note(error)
      throw error
    }
  }

  private func note(_ error: EtcdError) {
    // A refusal that concerns one request says nothing of the store.
    if case .status(let code, _) = error.cause, code == EtcdFailure.Status.notFound { return }
    let text = "\(error.endpoints): \(error.reason)"
    let (moment, isNew) = (now(), state.read { $0.problem?.text != text })
    if !isNew { return }
    state.change {
      $0.problem = ClusterState.Problem(text: text, since: $0.problem?.since ?? moment)
    }
    log("the cluster store cannot be used: \(text)")
  }

  private func noteSuccess() {
    guard state.read({ $0.problem != nil }) else { return }
    state.change { $0.problem = nil }
    log("the cluster store can be used again")
  }
}

/// The watches of the agent. A new list begins a new generation, whose predecessor is not listened
/// to any more.
final class WatchTable: Sendable {
  private struct Table {
    var generation = 0
    var watcher: EtcdWatcher?
    var cluster: UInt64 = 0
    var numbers: [NetworkID: Int64] = [:]
    var networks: [Int64: NetworkID] = [:]
    var next = firstOfNetworks
    var isInterrupted = false
  }

  private let client: EtcdClient
  private let state: Monitor<ClusterState>
  private let table = Monitor(Table())
  private let log: @Sendable (String) -> Void

  private static let firstOfNetworks: Int64 = 10

  init(
    _ client: EtcdClient, _ state: Monitor<ClusterState>, log: @escaping @Sendable (String) -> Void
  ) {
    self.client = client
    self.state = state
    self.log = log
  }

  /// Follows the hosts, the networks and who has endpoints from a revision on.
  func begin(_ keys: StoreKeys, after revision: Int64, cluster: UInt64) {
    let generation = table.change { table in
      table.watcher?.close()
      table = Table(generation: table.generation + 1)
      return table.generation
    }
    let watcher = EtcdWatcher(client) { number, event in
      self.received(event, number, generation)
    }
    table.change {
      $0.watcher = watcher
      $0.cluster = cluster
    }
    for (index, keys) in [keys.nodes, keys.networks, keys.presences].enumerated() {
      watcher.watch(Int64(index + 1), keys, from: revision + 1, cluster: cluster)
    }
  }

  /// Follows the endpoints of a network from a revision on.
  func follow(_ network: NetworkID, _ keys: StoreKeys, after revision: Int64) {
    table.change { table in
      guard let watcher = table.watcher, table.numbers[network] == nil else { return }
      let number = table.next
      table.next += 1
      table.numbers[network] = number
      table.networks[number] = network
      watcher.watch(
        number, keys.endpoints(of: network), from: revision + 1, cluster: table.cluster)
    }
  }

  /// Follows a network no longer.
  func leave(_ network: NetworkID) {
    table.change { table in
      guard let number = table.numbers.removeValue(forKey: network) else { return }
      table.networks[number] = nil
      table.watcher?.cancel(number)
    }
  }

  func close() { table.change { $0.watcher?.close() } }

  private func received(_ event: EtcdWatchEvent, _ number: Int64, _ generation: Int) {
    guard table.read({ $0.generation == generation }) else { return }
    switch event {
    case .changes(let events, let revision):
      let network = table.read { $0.networks[number] }
      state.change { state in
        state.apply(events)
        if let network { state.view.advance(network, to: revision) }
      }
    case .lost(let loss):
      log("the store has to be read again: \(loss.text)")
      state.change {
        if case .otherCluster = loss { $0.registration = nil }
        $0.needsList = true
      }
    case .interrupted(let attempt):
      // All watches are on one stream.
      guard number == 1 else { return }
      // Once for an outage.
      let isNew = table.change { table in
        defer { table.isInterrupted = true }
        return !table.isInterrupted
      }
      if isNew { log("the watch was interrupted: \(attempt.endpoint): \(attempt.cause.text)") }
      state.change {
        $0.statistics.interruptionCount += 1
        $0.needsContact = true
      }
    case .established:
      if number == 1 { table.change { $0.isInterrupted = false } }
    }
  }
}

extension EtcdWatchLoss {
  var text: String {
    switch self {
    case .compacted(let revision): "it has forgotten what was before revision \(revision)"
    case .rolledBack(let revision):
      "it is at revision \(revision), before one that was seen (was a backup restored?)"
    case .otherCluster: "it is another cluster"
    }
  }
}
