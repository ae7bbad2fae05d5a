import Addressing
import NetworkModel

/// Something that the host's worker does for another thread.
final class HostJob: Sendable {
  private let body: @Sendable (any OverlayHost) -> Void

  init(_ body: @escaping @Sendable (any OverlayHost) -> Void) { self.body = body }

  func run(on host: any OverlayHost) { body(host) }
}

/// Makes the records and the kernel of this host follow the store. It is the only thread that
/// changes them.
struct HostWorker {
  let state: Monitor<ClusterState>
  let host: any OverlayHost
  let identity: ClusterHost
  let port: UInt16
  let now: @Sendable () -> Timestamp
  let log: @Sendable (String) -> Void
  /// Tells that the thread goes on.
  let tick: @Sendable () -> Void

  /// Between comparisons of the kernel with the records, in seconds.
  private static let reconcileInterval = 60.0
  private static let retryInterval = 1.0

  private enum Work {
    case job(HostJob)
    case update(ClusterView, PendingWork)
    case end
  }

  /// Works until the agent ends. Begins with what was recorded, so that a host without the store
  /// gets back what it had.
  func run() {
    var recorded = RecordedCluster()
    attempt("read the recorded cluster") { () throws(HostError) in
      recorded = try host.recorded()
    }
    attempt("restore overlay networks") { () throws(HostError) in try host.reconcile() }
    var written = WrittenState(recorded)
    var nextReconcile = Moment.now + Self.reconcileInterval
    var names = PendingNames(networks: Set(recorded.networks.map(\.id)))
    while true {
      tick()
      let wait = min(nextReconcile, names.due, Moment.now + 1)
      switch state.wait(until: wait, for: { Self.next(in: &$0) }) {
      case .job(let job): job.run(on: host)
      case .update(let view, let pending):
        names.networks.formUnion(follow(view, pending, &written))
      case .end: return
      case nil: break
      }
      if Moment.now >= names.due { write(&names) }
      if Moment.now >= nextReconcile {
        attempt("compare overlay networks with the kernel") { () throws(HostError) in
          try host.reconcile()
        }
        nextReconcile = Moment.now + Self.reconcileInterval
      }
    }
  }

  private static func next(in state: inout ClusterState) -> Work? {
    if !state.jobs.isEmpty { return .job(state.jobs.removeFirst()) }
    if state.isEnding { return .end }
    if state.pending.isEmpty { return nil }
    defer {
      state.pending = PendingWork()
      state.isWorking = true
    }
    return .update(state.view, state.pending)
  }

  // Files with the names of a large network take long to write: they follow when they can.
  private struct PendingNames {
    var networks: Set<NetworkID>
    var earliest = Moment.now
    var due: Moment { networks.isEmpty ? .now + 3600 : earliest }
  }

  private func write(_ names: inout PendingNames) {
    let begin = Moment.now
    let networks = names.networks
    attempt("write the names of containers") { () throws(HostError) in
      try host.writeNames(of: networks)
    }
    names = PendingNames(networks: [], earliest: .now + 10 * (Moment.now - begin))
  }

  /// Returns the networks whose endpoints are others than before.
  private func follow(
    _ view: ClusterView, _ pending: PendingWork, _ written: inout WrittenState
  ) -> Set<NetworkID> {
    let update = written.update(
      to: view, pending, host: identity, port: port, now: now())
    let begin = Moment.now
    do throws(HostError) {
      if !update.isEmpty { try host.apply(update) }
      written.adopt(update)
      describe(update)
    } catch {
      log("cannot follow the cluster: \(error.text)")
      state.change {
        $0.statistics.updateFailureCount += 1
        $0.pending.merge(pending)
        $0.isWorking = false
      }
      // The next attempt is not made at once; what happens in between goes along.
      _ = state.wait(until: .now + Self.retryInterval) { $0.isEnding ? true : nil }
      return []
    }
    let seconds = Moment.now - begin
    state.change { state in
      state.isWorking = false
      for (network, position) in view.positions { state.applied[network] = position }
      if update.isEmpty { return }
      state.statistics.updateCount += 1
      state.statistics.updateSeconds += seconds
      state.statistics.lastUpdateSeconds = seconds
    }
    return Set(update.changed.keys).union(update.gone.keys)
  }

  private func describe(_ update: ClusterUpdate) {
    for network in update.networks { log("network \(network.name) (\(network.id.short)) is known") }
    for id in update.removedNetworks { log("network \(id.short) is gone from the cluster") }
    for (network, endpoints) in update.changed.sorted(by: { $0.key < $1.key }) {
      for endpoint in endpoints {
        let addresses = endpoint.addresses.map(\.address.description).joined(separator: ", ")
        log(
          "network \(network.short): \(endpoint.containerName) (\(addresses)) is at "
            + "\(endpoint.tunnelAddress)")
      }
    }
    for (network, endpoints) in update.gone.sorted(by: { $0.key < $1.key }) {
      for endpoint in endpoints {
        log("network \(network.short): \(endpoint.containerName) is gone")
      }
    }
  }

  private func attempt(_ what: String, _ body: () throws(HostError) -> Void) {
    do throws(HostError) { try body() } catch { log("cannot \(what): \(error.text)") }
  }
}

extension PendingWork {
  /// Adds what is still to be done.
  mutating func merge(_ other: PendingWork) {
    hosts = hosts || other.hosts
    networks.formUnion(other.networks)
    endpoints.formUnion(other.endpoints)
    isComplete = isComplete || other.isComplete
  }
}

/// What this host has of the cluster. Pure.
struct WrittenState {
  private var hosts: [ClusterHost]?
  private var networks: [NetworkID: Network]
  private var endpoints: [NetworkID: [EndpointID: RemoteEndpoint]]

  init(_ recorded: RecordedCluster) {
    hosts = recorded.membership?.hosts
    networks = recorded.networks.reduce(into: [:]) { $0[$1.id] = $1 }
    endpoints = recorded.endpoints.reduce(into: [:]) { endpoints, recorded in
      endpoints[recorded.network] = recorded.endpoints.reduce(into: [:]) { $0[$1.id] = $1 }
    }
  }

  /// What has to change here for the view.
  func update(
    to view: ClusterView, _ pending: PendingWork, host: ClusterHost, port: UInt16, now: Timestamp
  ) -> ClusterUpdate {
    var update = ClusterUpdate()
    if pending.hosts {
      var found = view.hosts
      found[host.id] = host
      let sorted = found.values.sorted { $0.id < $1.id }
      if sorted != hosts {
        update.membership = ClusterMembership(
          host: host, port: port, hosts: sorted, revision: view.revision, updated: now)
      }
    }
    let doomed = pending.isComplete ? Set(networks.keys).subtracting(view.networks.keys) : []
    for id in pending.networks.union(doomed).sorted() {
      if let network = view.networks[id] {
        if networks[id] != network { update.networks.append(network) }
      } else if networks[id] != nil {
        update.removedNetworks.append(id)
      }
    }
    for id in pending.endpoints.sorted() where view.networks[id] != nil {
      add(id, view, to: &update, now)
    }
    return update
  }

  private func add(
    _ id: NetworkID, _ view: ClusterView, to update: inout ClusterUpdate, _ now: Timestamp
  ) {
    guard view.endpoints[id] != nil || endpoints[id] != nil else { return }
    let remote = view.remoteEndpoints(of: id)
    let before = endpoints[id] ?? [:]
    let changed = remote.filter { before[$0.id] != $0 }
    let identities = Set(remote.map(\.id))
    let gone = before.values.filter { !identities.contains($0.id) }
    if changed.isEmpty && gone.isEmpty && endpoints[id] != nil { return }
    update.endpoints.append(
      RemoteEndpoints(
        network: id, endpoints: remote, revision: view.positions[id] ?? view.revision,
        updated: now))
    if !changed.isEmpty { update.changed[id] = changed.sorted { $0.id < $1.id } }
    if !gone.isEmpty { update.gone[id] = gone.sorted { $0.id < $1.id } }
  }

  /// The update has been made.
  mutating func adopt(_ update: ClusterUpdate) {
    hosts = update.membership?.hosts ?? hosts
    for network in update.networks { networks[network.id] = network }
    for id in update.removedNetworks {
      networks[id] = nil
      endpoints[id] = nil
    }
    for found in update.endpoints {
      endpoints[found.network] = found.endpoints.reduce(into: [:]) { $0[$1.id] = $1 }
    }
  }
}
