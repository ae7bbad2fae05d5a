import Addressing
import AgentAPI
import EtcdClient
import EtcdMessages
import LinuxSystem
import NetworkModel

/// Keeps this host registered in the store, and its view of the store up to date. One thread.
struct StoreSession {
  let agent: Agent
  /// Tells that the thread goes on.
  let tick: @Sendable () -> Void

  /// Between complete lists, in seconds; they find what watches may have missed.
  private static let listInterval = 15 * 60.0
  private static let backoff = 0.2...5.0
  /// Between attempts to renew a lease while the store cannot be reached.
  private static let retryInterval = 1.0
  /// The part of the lease of endpoints after which this host stops using addresses that others may
  /// get when it ends.
  private static let fencePoint = 0.9
  /// How often the lease of endpoints is renewed at least.
  private static let longestHoldInterval = 300.0

  private enum Failure: Error {
    case store(EtcdError)
    case host(HostError)
    case refused(String)
    /// A lease has ended.
    case leaseEnded(String)
  }

  private var state: Monitor<ClusterState> { agent.state }
  private var settings: AgentSettings { agent.settings }
  private var keys: StoreKeys { agent.keys }

  /// Works until the agent ends.
  func run() {
    var pause = Self.backoff.lowerBound
    var said = ""
    while !state.read(\.isEnding) {
      do throws(Failure) {
        try establish()
        (pause, said) = (Self.backoff.lowerBound, "")
        try maintain()
      } catch {
        let text = Self.text(of: error)
        // What the store answers, or does not, has been told.
        if case .store = error {} else if text != said { agent.log(text) }
        said = text
        if case .leaseEnded = error { continue }
        fenceIfNeeded()
        tick()
        _ = state.wait(until: .now + Double.random(in: pause / 2...pause)) { state in
          state.isEnding ? true : nil
        }
        pause = min(pause * 2, Self.backoff.upperBound)
      }
    }
  }

  /// Reads the store, and waits until this host agrees; returns why that cannot be.
  func takeOverOnce() -> String? {
    do throws(Failure) {
      let header = try checkStore()
      try list(cluster: header.cluster)
      agent.watches.close()
      try settleEndpoints()
      let limit = 60.0
      let isDone: Void? = state.wait(until: .now + limit) { state in
        state.pending.isEmpty && !state.isWorking ? () : nil
      }
      return isDone == nil ? "this host does not agree with the store after \(Int(limit)) s" : nil
    } catch {
      return Self.text(of: error)
    }
  }

  /// Takes this host and its endpoints out of the store; returns why that cannot be.
  func drain() -> String? {
    do throws(Failure) {
      _ = try checkStore()
      let key = keys.node(agent.identity.id)
      let own = try call(EtcdRange(.key(key))).keyValues.first.flatMap { NodeRecord($0.value) }
      let leases = Set([own?.holdLease, agent.files.holdLease()?.id].compactMap(\.self))
      for lease in leases.sorted() {
        do throws(Failure) { _ = try call(EtcdLeaseRevoke(lease)) } catch {
          guard case .store(let error) = error,
            case .status(EtcdFailure.Status.notFound, _) = error.cause
          else { throw error }
        }
      }
      _ = try call(EtcdTransaction(then: [.delete(.key(key))]))
      do throws(Errno) { try agent.files.forgetLease() } catch {
        throw .host(HostError("\(agent.files.path): \(error)"))
      }
      agent.log("\(agent.identity.name) is not in the cluster any more")
      return nil
    } catch {
      return Self.text(of: error)
    }
  }

  private static func text(of failure: Failure) -> String {
    switch failure {
    case .store(let error): "\(error.endpoints): \(error.reason)"
    case .host(let error): error.text
    case .refused(let text), .leaseEnded(let text): text
    }
  }

  private func call<Request: EtcdRequest>(
    _ request: Request
  ) throws(Failure) -> Request.Response {
    do throws(EtcdError) { return try agent.call(request) } catch { throw .store(error) }
  }

  private func onHost<Result: Sendable>(
    _ body: @escaping @Sendable (any OverlayHost) throws(HostError) -> Result
  ) throws(Failure) -> Result {
    do throws(HostError) { return try agent.onHost(body) } catch { throw .host(error) }
  }

  // MARK: Registration

  private func establish() throws(Failure) {
    state.change { $0.registration = nil }
    let header = try checkStore()
    let hold = try holdLease()
    let node = try call(EtcdLeaseGrant(seconds: Int64(settings.nodeTTL))).id
    try register(node: node, hold: hold.id)
    let registration = Registration(
      nodeLease: node, holdLease: hold.id, cluster: header.cluster)
    try list(cluster: header.cluster)
    state.change { $0.registration = registration }
    try settleEndpoints()
    agent.log(
      "registered as \(agent.identity.name) (\(agent.identity.id.short)) at "
        + "\(agent.identity.address)")
    try unfence()
  }

  /// Marks the store as netctl's, or finds that it is.
  private func checkStore() throws(Failure) -> EtcdHeader {
    var generator = SystemRandomNumberGenerator()
    let meta = "{\"v\":1,\"cluster\":\"\(NetworkID(using: &generator))\"}"
    let result = try call(
      EtcdTransaction(
        if: [.absent(.key(keys.meta))], then: [.put(EtcdPut(keys.meta, Array(meta.utf8)))],
        else: [.read(EtcdRange(.key(keys.meta)))]))
    let value = result.read(0).first?.value
    if let value, !String(decoding: value, as: UTF8.self).hasPrefix("{\"v\":1,") {
      throw .refused("the cluster store was written by a later version of netctl")
    }
    return result.header
  }

  /// The lease of this host's endpoints: that of before, as long as neither it nor the boot has
  /// ended.
  private func holdLease() throws(Failure) -> HostFiles.HoldLease {
    if let kept = agent.files.holdLease() {
      if kept.boot == settings.boot {
        let renewed = try renew(hold: kept)
        if let renewed, try !canReplace(renewed) { return renewed }
        if renewed == nil { agent.log("the lease of this host's endpoints has ended") }
      } else {
        agent.log("the host was restarted; what it had on overlay networks is released")
        do throws(Failure) { _ = try call(EtcdLeaseRevoke(kept.id)) } catch {
          // It may have ended by itself.
          guard case .store(let error) = error,
            case .status(EtcdFailure.Status.notFound, _) = error.cause
          else { throw error }
        }
      }
    }
    let sent = Moment.sinceBoot
    let lease = try call(EtcdLeaseGrant(seconds: Int64(settings.endpointTTL)))
    return try keep(
      HostFiles.HoldLease(
        id: lease.id, boot: settings.boot, seconds: lease.seconds, renewed: sent.nanoseconds))
  }

  /// Whether the configuration wants another duration, and no endpoint would end with this lease.
  private func canReplace(_ hold: HostFiles.HoldLease) throws(Failure) -> Bool {
    if hold.seconds == Int64(settings.endpointTTL) { return false }
    let found = try call(EtcdRange(keys.presences, keysOnly: true)).keyValues
    let isUsed = found.contains { found in
      if case .presence(agent.identity.id, _)? = keys.subject(of: found.keyText) {
        true
      } else {
        false
      }
    }
    if isUsed {
      agent.log(
        "overlay.endpoint-ttl stays \(hold.seconds) until the agent starts while no container of "
          + "this host is on an overlay network")
    }
    return !isUsed
  }

  private func keep(_ lease: HostFiles.HoldLease) throws(Failure) -> HostFiles.HoldLease {
    do throws(Errno) { try agent.files.keep(lease) } catch {
      throw .host(HostError("\(agent.files.path): \(error)"))
    }
    return lease
  }

  // It counts from when it was asked for, because the answer may be late.
  private func renew(hold: HostFiles.HoldLease) throws(Failure) -> HostFiles.HoldLease? {
    let sent = Moment.sinceBoot
    let lease = try call(EtcdLeaseKeepAlive(hold.id))
    if lease.seconds <= 0 { return nil }
    var hold = hold
    hold.seconds = lease.seconds
    hold.renewed = sent.nanoseconds
    return try keep(hold)
  }

  private func register(node: Int64, hold: Int64) throws(Failure) {
    let key = keys.node(agent.identity.id)
    let record = NodeRecord(
      name: settings.hostName, address: settings.address, port: settings.port,
      boot: settings.boot, holdLease: hold, version: settings.version)
    let nodes = try call(EtcdRange(keys.nodes)).keyValues
    let own = nodes.first { $0.keyText == key }
    try checkConflicts(record, own, among: nodes)
    let result = try call(
      EtcdTransaction(
        if: [.unchanged(key, since: own?.modRevision ?? 0)],
        then: [.put(EtcdPut(key, record.value, lease: node))]))
    if !result.succeeded { throw .refused("another agent registers as this host") }
  }

  private func checkConflicts(
    _ record: NodeRecord, _ own: EtcdKeyValue?, among nodes: [EtcdKeyValue]
  ) throws(Failure) {
    if let other = own.flatMap({ NodeRecord($0.value) }), other.boot != record.boot,
      other.address != record.address
    {
      throw .refused(
        "host \(other.name) at \(other.address) has the identity of this host; if one is a copy "
          + "of the other, remove \(agent.files.path)/host-id on one of them")
    }
    for found in nodes where found.keyText != own?.keyText {
      guard let other = NodeRecord(found.value) else { continue }
      if other.address == record.address {
        throw .refused("host \(other.name) is registered with the address \(record.address)")
      }
      if other.port != record.port {
        throw .refused(
          "host \(other.name) receives VXLAN datagrams at port \(other.port), and this one at "
            + "\(record.port)")
      }
    }
  }

  // MARK: Reading

  /// Reads everything that concerns this host, and follows it from there.
  private func list(cluster: UInt64) throws(Failure) {
    let basics = try call(
      EtcdTransaction(
        then: [keys.nodes, keys.networks, keys.presences].map { .read(EtcdRange($0)) }
      ))
    let revision = basics.header.revision
    let presences = basics.read(2)
    let own = presences.compactMap { found -> NetworkID? in
      guard case .presence(agent.identity.id, let network)? = keys.subject(of: found.keyText)
      else { return nil }
      return network
    }
    let local = try onHost { host throws(HostError) in try host.localEndpoints().map(\.network) }
    let known = Set(
      basics.read(1).compactMap { found -> NetworkID? in
        guard case .network(let id)? = keys.subject(of: found.keyText) else { return nil }
        return id
      })
    let networks = Set(own + local).intersection(known).sorted()
    var endpoints: [(NetworkID, [EtcdKeyValue])] = []
    for network in networks {
      let found = try call(EtcdRange(keys.endpoints(of: network), revision: revision))
      endpoints.append((network, found.keyValues))
    }
    let moment = agent.now()
    state.change { state in
      state.view.reset()
      state.applied = [:]
      state.view.replaceBasics(
        nodes: basics.read(0), networks: basics.read(1), presences: presences, at: revision)
      for (network, found) in endpoints {
        state.view.replaceEndpoints(of: network, found, at: revision, isWatched: true)
      }
      state.noteEverything()
      state.synchronised = moment
      state.needsList = false
      state.statistics.listCount += 1
    }
    agent.watches.begin(keys, after: revision, cluster: cluster)
    for network in networks { agent.watches.follow(network, keys, after: revision) }
  }

  // MARK: Endpoints

  /// Removes from the store what is not here any more, and adds what the store has lost.
  private func settleEndpoints() throws(Failure) {
    state.change { $0.needsSettlement = false }
    let removals = try onHost { host throws(HostError) in try host.removedEndpoints() }
    for removal in removals {
      try remove(removal)
      try onHost { host throws(HostError) in try host.settle(removal) }
    }
    let recorded = state.read { state in
      state.view.ownNetworks.flatMap { network in
        state.view.ownEndpoints(of: network).map { (network, $0.key, $0.value) }
      }
    }
    // The records are read afterwards: a command records an endpoint before it asks for it.
    let local = try onHost { host throws(HostError) in try host.localEndpoints() }
    let identities = Set(local.map(\.id))
    for (network, id, record) in recorded where !identities.contains(id) {
      agent.log("\(record.containerName) is not on network \(network.short) any more")
      try remove(PendingRemoval(endpoint: id, network: network, isForced: false))
    }
    let stored = Set(recorded.map(\.1))
    for endpoint in local where !stored.contains(endpoint.id) { try restore(endpoint) }
  }

  private func remove(_ removal: PendingRemoval) throws(Failure) {
    do throws(AgentError) { _ = try agent.disconnect(removal) } catch {
      switch error.kind {
      // Nothing that a later attempt would change.
      case .invalid, .networkNotFound:
        agent.log("endpoint \(removal.endpoint.short): \(error.message)")
      default: throw .refused(error.message)
      }
    }
  }

  /// Records an endpoint that the store does not have, unless its address has become another's.
  private func restore(_ endpoint: LocalEndpoint) throws(Failure) {
    guard let interface = endpoint.interface, let mac = interface.mac,
      let registration = state.read(\.registration),
      state.read({ $0.view.networks[endpoint.network] != nil })
    else { return }
    let record = EndpointRecord(
      host: agent.identity.id, tunnelAddress: settings.address, mac: mac,
      addresses: interface.addresses, container: endpoint.container,
      containerName: endpoint.containerName, aliases: endpoint.aliases)
    let creation = EndpointCreation(
      keys: keys,
      request: EndpointRequest(
        id: endpoint.id, container: endpoint.container, containerName: endpoint.containerName,
        aliases: endpoint.aliases, families: Set(interface.addresses.map(\.family)),
        addresses: interface.addresses.map(\.address), mac: mac),
      network: endpoint.network, host: agent.identity, holdLease: registration.holdLease)
    let result = try call(creation.transaction(record))
    let addresses = interface.addresses.map(\.address.description).joined(separator: ", ")
    let subject = "\(endpoint.containerName) (\(addresses)) on network \(endpoint.network.short)"
    if result.succeeded {
      agent.log("\(subject) is recorded again")
    } else if result.read(1).isEmpty {
      agent.log("\(subject) has lost its address or name to another container; disconnect it")
    }
  }

  // MARK: Afterwards

  private func maintain() throws(Failure) {
    guard let registration = state.read(\.registration), var hold = agent.files.holdLease() else {
      throw .refused("the state directory has lost the lease")
    }
    let heartbeat = Double(settings.heartbeat)
    let holdInterval = min(Double(hold.seconds) / 3, Self.longestHoldInterval)
    var nextNode = Moment.now + heartbeat
    var nextHold = Moment.now + holdInterval
    var nextList = Moment.now + Self.listInterval * Double.random(in: 0.9...1.1)
    while true {
      tick()
      fenceIfNeeded()
      let wait = min(nextNode, nextHold, nextList, Moment.now + 1)
      let reason = state.wait(until: wait) { Self.reason(in: &$0) }
      if state.read(\.isEnding) { return }
      if state.read({ $0.registration == nil }) {
        throw .leaseEnded("this host registers again")
      }
      if reason == .list || Moment.now >= nextList {
        try list(cluster: registration.cluster)
        try settleEndpoints()
        nextList = Moment.now + Self.listInterval * Double.random(in: 0.9...1.1)
      }
      if reason == .settlement {
        do throws(Failure) { try settleEndpoints() } catch {
          state.change { $0.needsSettlement = true }
          nextNode = min(nextNode, Moment.now + Self.retryInterval)
          _ = state.wait(until: nextNode) { $0.isEnding ? true : nil }
        }
      }
      if reason == .contact || Moment.now >= nextNode {
        nextNode = Moment.now + (try renewNode(registration) ? heartbeat : Self.retryInterval)
      }
      if Moment.now >= nextHold {
        do throws(Failure) {
          guard let renewed = try renew(hold: hold) else {
            throw .leaseEnded("the lease of this host's endpoints has ended")
          }
          hold = renewed
          try unfence()
          nextHold = Moment.now + holdInterval
        } catch {
          guard case .store = error else { throw error }
          nextHold = Moment.now + Self.retryInterval
        }
      }
    }
  }

  private enum Reason {
    case list
    case settlement
    case contact
    case end
  }

  private static func reason(in state: inout ClusterState) -> Reason? {
    if state.isEnding || state.registration == nil { return .end }
    if state.needsList { return .list }
    if state.needsContact {
      state.needsContact = false
      return .contact
    }
    return state.needsSettlement && state.problem == nil ? .settlement : nil
  }

  /// Whether the store has answered.
  private func renewNode(_ registration: Registration) throws(Failure) -> Bool {
    do throws(Failure) {
      let lease = try call(EtcdLeaseKeepAlive(registration.nodeLease))
      if lease.seconds > 0 { return true }
    } catch {
      guard case .store = error else { throw error }
      return false
    }
    throw .leaseEnded("the registration of this host has ended; it registers again")
  }

  // MARK: The fence

  // Others ignore what this host sends from an address that has become another's; but it must not
  // go on to answer for it among its own containers.
  private func fenceIfNeeded() {
    guard !state.read(\.isFenced), let hold = agent.files.holdLease(), hold.boot == settings.boot
    else { return }
    let age = Double(Moment.sinceBoot.nanoseconds - hold.renewed) / 1_000_000_000
    guard age >= Double(hold.seconds) * Self.fencePoint else { return }
    do throws(HostError) {
      try agent.onHost { host throws(HostError) in try host.setFenced(true) }
      state.change { $0.isFenced = true }
      agent.log(
        "overlay networks are cut off: the lease of this host's endpoints could not be renewed "
          + "for \(Int(age)) seconds, and others may get their addresses")
    } catch {
      agent.log("cannot cut off overlay networks: \(error.text)")
    }
  }

  private func unfence() throws(Failure) {
    guard state.read(\.isFenced) else { return }
    try onHost { host throws(HostError) in try host.setFenced(false) }
    state.change { $0.isFenced = false }
    agent.log("overlay networks are connected again")
  }
}
