import AgentAPI
import KernelModel
import NetworkModel
import StateStore

extension NetworkService {
  /// Removes a network from all hosts, unless a container is on it anywhere. `force` removes it
  /// from this host at once when the store cannot be asked; the agent does the rest.
  func removeOverlay(_ network: Network, force: Bool) throws(ServiceError) {
    try locking(network.id) { () throws(ServiceError) in
      settlePending(.recovering, ofLocked: network.id)
      // Endpoints go before their network.
      try step { (transaction) throws(ServiceError) in
        _ = try transaction.pruningDeadEndpoints(of: network)
      }
      plugins.stagedEndpoints = []
      settlePending(.removing, ofLocked: network.id)
      let isThere = try step { (transaction) throws(ServiceError) in
        guard transaction.view.hasNetwork(network.id) else { return false }
        let live = try transaction.view.liveEndpoints(of: network.id)
        if !live.isEmpty { throw .activeEndpoints(network: network.name, live) }
        return true
      }
      guard isThere else { throw .networkNotFound(network.name) }
      do throws(AgentError) {
        try agent.remove(network.id)
      } catch {
        if error.kind == .networkNotFound { return try discardOverlay(network) }
        guard force, error.isOutage else { throw error.serviceError(of: network) }
        try step { (transaction) throws(ServiceError) in try transaction.withdraw(network) }
        noticeList.append(.agentUnavailable(error, container: nil, network: network.name))
        return
      }
      try discardOverlay(network)
    }
  }

  /// Deletes what this host has of a network that is gone from the store. The agent may have done
  /// it already.
  func discardOverlay(_ network: Network) throws(ServiceError) {
    try step { (transaction) throws(ServiceError) in
      guard transaction.view.hasNetwork(network.id) else { return }
      try transaction.remove(network)
    }
  }

  /// Has the agent remove a network from the store that is gone from this host already. One that
  /// has endpoints on other hosts comes back.
  func giveBackToAgent(
    _ network: Network, _ settlement: PluginSettlement
  ) throws(ServiceError) {
    guard settlement.asksAgent else { return }
    do throws(AgentError) {
      try agent.remove(network.id)
    } catch {
      switch error.kind {
      case .networkNotFound: break
      case .hasActiveEndpoints:
        return try step { (transaction) throws(ServiceError) in try transaction.commit(network) }
      default: return
      }
    }
    try step { (transaction) throws(ServiceError) in try transaction.discard(network) }
  }

  /// Has the agent remove endpoints of a container from a network that are on other hosts; returns
  /// whether there are any. The word is the container's name or identity, or what `inspect` shows.
  func disconnectRemotely(
    _ word: String, from reference: String
  ) throws(ServiceError) -> Bool {
    let view = try view()
    let network = try view.network(reference)
    guard network.isOverlay else { return false }
    synchroniseCluster()
    let endpoints = try view.remoteEndpoints(of: network.id).filter { endpoint in
      [
        endpoint.containerName, endpoint.container.description, endpoint.container.short,
        "ep-\(endpoint.id)",
      ].contains(word)
    }
    for endpoint in endpoints {
      try askingAgent(about: network) { (agent) throws(AgentError) in
        try agent.disconnect(endpoint.id, from: network.id, isForced: true)
      }
    }
    return !endpoints.isEmpty
  }
}

extension AgentError {
  /// Whether the store cannot be asked now.
  var isOutage: Bool {
    switch kind {
    case .notRunning, .unanswered, .storeUnreachable, .timeout, .notRegistered: true
    default: false
    }
  }
}
