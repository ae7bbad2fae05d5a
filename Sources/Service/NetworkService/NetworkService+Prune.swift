public import NetworkModel
import StateStore

extension NetworkService {
  /// Finds every network that is not predefined, does not hold configuration only and satisfies
  /// `condition`. The steps of the result remove those without living endpoints.
  public func pruning(where condition: (Network) -> Bool) throws(ServiceError) -> Pruning {
    try transaction { (state) throws(ServiceError) in
      let listing = state.index.listing
      // The device of the default network goes with its last endpoint.
      for network in listing.networks where network.isPredefined {
        attempt { () throws(ServiceError) in
          try forgetDeadEndpoints(of: network, in: state)
        }
      }
      let candidates = listing.networks.sorted { $0.name < $1.name }
        .filter { !$0.isPredefined && !$0.isConfigurationOnly && condition($0) }
      return Pruning(
        of: candidates, by: self,
        failures: listing.damaged.map { NetworkFailure(network: nil, error: refusal($0)) })
    }
  }

  /// Removes a network, unless it has been removed or is in use; says whether it did.
  fileprivate func removeUnused(_ network: Network) throws(ServiceError) -> Bool {
    try transaction { (state) throws(ServiceError) in
      guard state.folder.hasNetwork(network.id),
        try livingEndpoints(of: network, in: state).isEmpty
      else { return false }
      try remove(network, in: state)
      return true
    }
  }
}

/// The removal of unused networks. The kernel takes its time for each, so others get their turn
/// between two steps. A network that cannot be removed is left, and the others go on.
public struct Pruning: SteppedWork {
  private let service: NetworkService
  private var waiting: ArraySlice<Network>
  /// The networks that are looked at, used or not.
  public let count: Int
  /// The names of the networks that are gone.
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

  /// Removes the next network if nothing uses it.
  public mutating func next() -> Bool {
    guard let network = waiting.popFirst() else { return false }
    do throws(ServiceError) {
      if try service.removeUnused(network) { removed.append(network.name) }
    } catch {
      failures.append(NetworkFailure(network: network.name, error: error))
    }
    return true
  }
}
