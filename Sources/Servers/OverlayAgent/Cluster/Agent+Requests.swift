import AddressPools
import Addressing
import AgentAPI
import EtcdClient
import EtcdMessages
import NetworkModel
import OrderedJSON

/// What commands ask of the agent. Not to be called on the loop.
extension Agent {
  /// How long a request may take, in seconds.
  private static let requestLimit = 5.0
  /// How long one may wait for this host's registration, in seconds.
  private static let registrationLimit = 2.0

  /// Does what is asked; returns the body of the answer.
  func answer(_ call: AgentCall) throws(AgentError) -> JSONValue {
    switch call {
    case .status: return .object(status())
    case .create(let network): return try create(network).value
    case .remove(let id):
      return Self.value(
        try exclusively(id) { (deadline) throws(AgentError) in try remove(id, by: deadline) })
    case .connect(let request, let id):
      return try exclusively(id) { (deadline) throws(AgentError) in
        try connect(request, to: id, by: deadline)
      }.value
    case .disconnect(let endpoint, let network, let isForced):
      let removal = PendingRemoval(endpoint: endpoint, network: network, isForced: isForced)
      do throws(AgentError) { return Self.value(try disconnect(removal)) } catch {
        // The command leaves a note, which is read when the store is back.
        if error.kind == .storeUnreachable || error.kind == .timeout {
          state.change { $0.needsSettlement = true }
        }
        throw error
      }
    case .barrier(let network, let revision):
      return Self.value(try waitForKernel(network, revision))
    case .synchronise: return Self.value(try synchronise())
    }
  }

  private static func value(_ revision: Int64) -> JSONValue {
    ["revision": JSONValue(revision)]
  }

  /// Runs `body` while no other request changes the network.
  private func exclusively<Result>(
    _ network: NetworkID, _ body: (Moment) throws(AgentError) -> Result
  ) throws(AgentError) -> Result {
    let deadline = Moment.now + Self.requestLimit
    let isFree: Void? = state.wait(until: deadline) { state in
      state.busy.insert(network).inserted ? () : nil
    }
    guard isFree != nil else {
      throw AgentError(.storeUnreachable, "other requests for network \(network) are waiting")
    }
    defer { state.change { _ = $0.busy.remove(network) } }
    return try body(deadline)
  }

  private func ask<Request: EtcdRequest>(
    _ request: Request, by deadline: Moment
  ) throws(AgentError) -> Request.Response {
    let left = Int64((deadline - .now) * 1000)
    guard left > 0 else {
      throw AgentError(.storeUnreachable, state.read(\.problem)?.text ?? "no answer in time")
    }
    do throws(EtcdError) { return try call(request, within: left) } catch {
      let kind: AgentError.Kind = error.isOutcomeUnknown ? .timeout : .storeUnreachable
      throw AgentError(kind, "\(error.endpoints): \(error.reason)")
    }
  }

  // MARK: Networks

  private func create(_ network: Network) throws(AgentError) -> NetworkAnswer {
    let deadline = Moment.now + Self.requestLimit
    let avoided = state.read { $0.view.hosts.values.map(\.address) } + [identity.address]
    let creation = NetworkCreation(
      keys: keys, request: network, pools: settings.pools,
      avoided: avoided.compactMap { IPPrefix(address: $0, length: $0.family.bitWidth) },
      vnis: settings.vnis)
    while true {
      let read = try ask(creation.reading, by: deadline)
      // An earlier attempt whose answer was lost.
      if let existing = creation.existing(read) { return existing }
      let plan = try creation.plan(read)
      do throws(AgentError) {
        let result = try ask(plan.transaction, by: deadline)
        if let answer = try creation.outcome(result, plan) { return answer }
      } catch {
        guard error.kind == .timeout, Moment.now < deadline else { throw error }
        // Not known; the next round finds it, or the lack of it.
        let again = try asking(creation.reading, by: deadline, orElse: error)
        if let existing = creation.existing(again) { return existing }
      }
    }
  }

  // A question about something whose outcome is not known: if that fails, it stays so.
  private func asking<Request: EtcdRequest>(
    _ request: Request, by deadline: Moment, orElse error: AgentError
  ) throws(AgentError) -> Request.Response {
    do throws(AgentError) { return try ask(request, by: deadline) } catch let other {
      throw AgentError(.timeout, other.message.isEmpty ? error.message : other.message)
    }
  }

  private func remove(_ id: NetworkID, by deadline: Moment) throws(AgentError) -> Int64 {
    let removal = NetworkRemoval(keys: keys, id: id)
    let network = try removal.network(try ask(removal.reading, by: deadline))
    let transaction = removal.transaction(network)
    do throws(AgentError) {
      return try removal.outcome(try ask(transaction, by: deadline), network)
    } catch {
      guard error.kind == .timeout else { throw error }
      let again = try asking(removal.reading, by: deadline, orElse: error)
      if again.keyValues.isEmpty { return again.header.revision }
      // It had no effect, and cannot have one any more unless it is asked for again.
      return try removal.outcome(try ask(transaction, by: deadline), network)
    }
  }

  // MARK: Endpoints

  private func connect(
    _ request: EndpointRequest, to network: NetworkID, by deadline: Moment
  ) throws(AgentError) -> EndpointAnswer {
    // Just started, or about to register again.
    let end = min(deadline, Moment.now + Self.registrationLimit)
    _ = state.wait(until: end) { $0.registration != nil || $0.problem != nil ? true : nil }
    guard let registration = state.read(\.registration) else {
      if let problem = state.read(\.problem) {
        throw AgentError(.storeUnreachable, problem.text)
      }
      throw AgentError(.notRegistered, "this host is not registered in the cluster store")
    }
    if state.read(\.isFenced) {
      throw AgentError(
        .notRegistered, "this host has been cut off from its overlay networks for too long")
    }
    let creation = EndpointCreation(
      keys: keys, request: request, network: network, host: identity,
      holdLease: registration.holdLease)
    var generator = SystemRandomNumberGenerator()
    var isContended = false
    while true {
      let read = try ask(creation.reading, by: deadline)
      if let existing = try creation.existing(read) {
        try follow(network, by: deadline)
        return existing
      }
      let plan = try creation.plan(read, atRandom: isContended, using: &generator)
      do throws(AgentError) {
        let result = try ask(plan.transaction, by: deadline)
        if let answer = try creation.outcome(result, plan) {
          state.change {
            $0.view.addEndpoint(request.id, of: network, plan.record, at: answer.revision)
          }
          try followConnected(network, by: deadline)
          return answer
        }
      } catch {
        guard error.kind == .timeout, Moment.now < deadline else { throw error }
        let again = try asking(creation.reading, by: deadline, orElse: error)
        if let existing = try creation.existing(again) {
          try followConnected(network, by: deadline)
          return existing
        }
      }
      isContended = true
    }
  }

  // The endpoint exists by now, and the command has to know that.
  private func followConnected(_ network: NetworkID, by deadline: Moment) throws(AgentError) {
    do throws(AgentError) { try follow(network, by: deadline) } catch {
      throw AgentError(.timeout, error.message)
    }
  }

  /// Reads the endpoints of a network and follows them, unless that is already so.
  private func follow(_ network: NetworkID, by deadline: Moment) throws(AgentError) {
    if state.read({ $0.view.isWatched(network) }) { return }
    let found = try ask(EtcdRange(keys.endpoints(of: network)), by: deadline)
    let definition = try ask(EtcdRange(.key(keys.network(network))), by: deadline)
    state.change { state in
      state.view.learn(definition.keyValues)
      state.view.replaceEndpoints(
        of: network, found.keyValues, at: found.header.revision, isWatched: true)
      state.pending.networks.insert(network)
      state.pending.endpoints.insert(network)
    }
    watches.follow(network, keys, after: found.header.revision)
  }

  /// Removes an endpoint; one that does not exist counts as removed.
  func disconnect(_ removed: PendingRemoval) throws(AgentError) -> Int64 {
    try exclusively(removed.network) { (deadline) throws(AgentError) in
      let removal = EndpointRemoval(
        keys: keys, id: removed.endpoint, network: removed.network, host: identity.id,
        isForced: removed.isForced)
      while true {
        let read = try ask(removal.reading, by: deadline)
        guard let record = try removal.record(read) else { return read.header.revision }
        let isLast = try isLast(removed, record, by: deadline)
        let transaction = removal.transaction(read, record, isLastOfHost: isLast)
        do throws(AgentError) {
          let result = try ask(transaction, by: deadline)
          if result.succeeded {
            leaveIfEmpty(removed)
            return result.header.revision
          }
        } catch {
          guard error.kind == .timeout, Moment.now < deadline else { throw error }
        }
      }
    }
  }

  private func isLast(
    _ removed: PendingRemoval, _ record: EndpointRecord, by deadline: Moment
  ) throws(AgentError) -> Bool {
    if record.host == identity.id, state.read({ $0.view.isWatched(removed.network) }) {
      return state.read { $0.view.ownEndpoints(of: removed.network) }.keys
        .allSatisfy { $0 == removed.endpoint }
    }
    let all = try ask(EtcdRange(keys.endpoints(of: removed.network)), by: deadline)
    let own = keys.endpoint(removed.endpoint, of: removed.network)
    return !all.keyValues.contains { found in
      found.keyText != own && EndpointRecord(found.value)?.host == record.host
    }
  }

  private func leaveIfEmpty(_ removed: PendingRemoval) {
    let isEmpty = state.change { state in
      state.view.removeEndpoint(removed.endpoint, of: removed.network)
      state.pending.endpoints.insert(removed.network)
      let isEmpty = state.view.ownEndpoints(of: removed.network).isEmpty
      if isEmpty { state.view.unwatch(removed.network) }
      return isEmpty
    }
    if isEmpty { watches.leave(removed.network) }
  }

  // MARK: Waiting

  private func waitForKernel(
    _ network: NetworkID, _ revision: Int64
  ) throws(AgentError) -> Int64 {
    let deadline = Moment.now + Self.requestLimit
    let applied = state.wait(until: deadline) { state -> Int64? in
      guard let applied = state.applied[network], applied >= revision else { return nil }
      return applied
    }
    if let applied { return applied }
    let reached = state.read { $0.applied[network] }
    throw AgentError(
      .timeout,
      "this host has network \(network) as of revision \(reached.map(String.init) ?? "none"), and "
        + "not yet of \(revision)")
  }

  /// Reads what may be newer than what is known, also of networks that this host is not in, and
  /// waits until it is written.
  private func synchronise() throws(AgentError) -> Int64 {
    let deadline = Moment.now + Self.requestLimit
    let basics = try ask(
      EtcdTransaction(
        then: [keys.nodes, keys.networks, keys.presences].map { .read(EtcdRange($0)) }
          + [.read(EtcdRange(keys.allEndpoints, keysOnly: true))]),
      by: deadline)
    let revision = basics.header.revision
    let view = state.read(\.view)
    let outdated = view.outdatedNetworks(comparedWith: basics.read(3))
    var endpoints: [NetworkID: EtcdRangeResult] = [:]
    for network in outdated {
      endpoints[network] = try ask(EtcdRange(keys.endpoints(of: network)), by: deadline)
    }
    let moment = now()
    state.change { state in
      state.view.replaceBasics(
        nodes: basics.read(0), networks: basics.read(1), presences: basics.read(2), at: revision)
      for (network, found) in endpoints {
        let isWatched = state.view.isWatched(network)
        guard found.header.revision > state.view.positions[network] ?? 0 else { continue }
        state.view.replaceEndpoints(
          of: network, found.keyValues, at: found.header.revision, isWatched: isWatched)
      }
      state.noteEverything()
      state.synchronised = moment
    }
    let isDone: Void? = state.wait(until: deadline) {
      $0.pending.isEmpty && !$0.isWorking ? () : nil
    }
    guard isDone != nil else {
      throw AgentError(.timeout, "this host has not yet taken over revision \(revision)")
    }
    return revision
  }
}
