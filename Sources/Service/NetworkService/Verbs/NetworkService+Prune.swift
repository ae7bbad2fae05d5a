import AgentAPI
public import NetworkModel
import StateStore

extension NetworkService {
  /// Finds all networks that are not predefined or configuration-only and satisfy `condition`.
  /// Running the operation removes those without live endpoints.
  public func pruneOperation(where condition: (Network) -> Bool) throws(ServiceError)
    -> PruneOperation
  {
    try transaction { (transaction) throws(ServiceError) in
      let listing = transaction.index.listing
      transaction.removeDeadEndpoints(ofPredefined: listing.networks)
      let candidates = listing.networks.sorted { $0.name < $1.name }
        .filter { !$0.isPredefined && !$0.isConfigurationOnly && condition($0) }
      return PruneOperation(
        of: candidates, by: self,
        failures: listing.damaged.map {
          NetworkFailure(network: nil, error: transaction.view.serviceError($0))
        })
    }
  }

  /// Removes a network unless it is already gone or in use; returns whether it did.
  fileprivate func removeUnused(_ network: Network) throws(ServiceError) -> Bool {
    let isUnused = try transaction { (transaction) throws(ServiceError) -> Bool in
      guard transaction.view.hasNetwork(network.id),
        try transaction.pruningDeadEndpoints(of: network).isEmpty
      else { return false }
      if !network.usesPlugins { try transaction.remove(network) }
      return true
    }
    if isUnused && network.isOverlay {
      do throws(ServiceError) {
        try removeOverlay(network, force: false)
      } catch {
        // A container of another host is on it.
        if case .agent(let refusal, _) = error, refusal.kind == .hasActiveEndpoints {
          return false
        }
        throw error
      }
    } else if isUnused && network.usesPlugins {
      try removeWithPlugins(network, force: false)
    }
    return isUnused
  }
}

extension Transaction {
  // The device of the default network is removed with its last endpoint.
  fileprivate func removeDeadEndpoints(ofPredefined networks: [Network]) {
    for network in networks where network.isPredefined {
      attempt { () throws(ServiceError) in try removeDeadEndpoints(of: network) }
    }
  }
}

/// The removal of unused networks. Deleting links takes the kernel a while, so other commands get
/// the lock between two networks. After a failure it continues with the next network.
public struct PruneOperation: BatchOperation {
  private let service: NetworkService
  private var waiting: ArraySlice<Network>
  private var isReported = false
  /// The networks to consider, used or not.
  public let count: Int
  /// The names of the removed networks.
  public private(set) var removed: [String] = []
  /// The networks that could not be removed or read.
  public private(set) var failures: [NetworkFailure]

  fileprivate init(
    of candidates: [Network], by service: NetworkService, failures: [NetworkFailure]
  ) {
    self.service = service
    waiting = candidates[...]
    count = candidates.count
    self.failures = failures
  }

  /// Removes the next network if it is unused.
  public mutating func next() -> Bool {
    guard let network = waiting.popFirst() else {
      if !isReported { service.report(.prune, ["reclaimed": "0"]) }
      isReported = true
      return false
    }
    do throws(ServiceError) {
      if try service.removeUnused(network) { removed.append(network.name) }
    } catch {
      failures.append(NetworkFailure(network: network.name, error: error))
    }
    return true
  }
}
