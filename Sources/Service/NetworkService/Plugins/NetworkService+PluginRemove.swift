import NetworkModel
import RemoteDrivers
import StateStore

extension NetworkService {
  /// Removes a network in which plugins have a part, unless it has live endpoints; `force` drops
  /// what a plugin has that is away.
  func removeWithPlugins(_ network: Network, force: Bool) throws(ServiceError) {
    try locking(network.id) { () throws(ServiceError) in
      settlePending(.recovering, ofLocked: network.id)
      // Endpoints go before their network.
      try step { (transaction) throws(ServiceError) in
        _ = try transaction.pruningDeadEndpoints(of: network)
      }
      plugins.stagedEndpoints = []
      settlePending(force ? .forced : .removing, ofLocked: network.id)
      let isThere = try step { (transaction) throws(ServiceError) in
        guard transaction.view.hasNetwork(network.id) else { return false }
        let live = try transaction.view.liveEndpoints(of: network.id)
        if !live.isEmpty { throw .activeEndpoints(network: network.name, live) }
        try transaction.withdraw(network)
        return true
      }
      guard isThere else { throw .networkNotFound(network.name) }
      settle(network, force ? .forced : .removing)
    }
  }

  /// Drops what a plugin has that is away: of the network with a name or an identity that is being
  /// removed. Returns whether there is one.
  func dropPendingNetwork(_ reference: String) -> Bool {
    let networks = pendingChanges()?.networks.filter { $0.isReferred(to: reference) } ?? []
    for network in networks { drop(network.id) }
    return !networks.isEmpty
  }

  /// The same of the endpoints of a container that are being removed from a network.
  func dropPendingEndpoints(of container: String, on reference: String) -> Bool {
    let endpoints =
      pendingChanges()?.endpoints.filter { endpoint in
        let network = (try? view().networkOrPending(endpoint.network)) ?? nil
        return network?.isReferred(to: reference) == true
          && endpoint.container.isReferred(to: container)
      } ?? []
    for network in Set(endpoints.map(\.network)) { drop(network) }
    return !endpoints.isEmpty
  }

  private func drop(_ network: NetworkID) {
    attempt { () throws(ServiceError) in
      try locking(network) { () throws(ServiceError) in
        settlePending(.forced, ofLocked: network)
      }
    }
  }
}

extension Network {
  fileprivate func isReferred(to reference: String) -> Bool {
    name == reference || id.description == reference
  }
}

extension Container {
  fileprivate func isReferred(to reference: String) -> Bool {
    name == reference || id.description == reference || path == reference
  }
}
