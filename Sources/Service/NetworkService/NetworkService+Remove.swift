import KernelModel
public import NetworkModel
import StateStore

extension NetworkService {
  /// Removes a network without living endpoints, its device and its firewall elements.
  public func remove(_ reference: String) throws(ServiceError) {
    try transaction { (state) throws(ServiceError) in
      let network = try self.network(reference, in: state.index, of: state.folder)
      if network.isPredefined { throw .predefinedNetwork(network.name) }
      try checkUnused(network, in: state)
      try remove(network, in: state)
    }
  }

  /// Removes every network that is not predefined, holds no configuration only, has no living
  /// endpoint and satisfies `condition`. One that cannot be removed is left, and the others go on.
  public func prune(
    where condition: (Network) -> Bool
  ) throws(ServiceError) -> Pruning {
    let candidates = try transaction { (state) throws(ServiceError) in
      let listing = try stored { () throws(StateError) in try state.index.listing() }
      // The device of the default network goes with its last endpoint.
      for network in listing.networks where network.isPredefined {
        _ = try? forgetDeadEndpoints(of: network, in: state)
      }
      return listing.networks.sorted { $0.name < $1.name }
        .filter { !$0.isPredefined && !$0.isConfigurationOnly && condition($0) }
    }
    var pruning = Pruning()
    for network in candidates {
      do throws(ServiceError) {
        // The kernel takes its time for each, so others get their turn in between.
        let isRemoved = try transaction { (state) throws(ServiceError) in
          try removeUnused(network, in: state)
        }
        if isRemoved { pruning.removed.append(network.name) }
      } catch {
        pruning.failures.append(NetworkFailure(network: network.name, error: error))
      }
    }
    return pruning
  }

  /// Removes a network, unless it has been removed or is in use; says whether it did.
  private func removeUnused(
    _ network: Network, in state: borrowing LockedState
  ) throws(ServiceError) -> Bool {
    guard state.folder.hasNetwork(network.id),
      try livingEndpoints(of: network, in: state).isEmpty
    else { return false }
    try remove(network, in: state)
    return true
  }

  private func checkUnused(
    _ network: Network, in state: borrowing LockedState
  ) throws(ServiceError) {
    if network.isConfigurationOnly {
      let listing = try stored { () throws(StateError) in try state.index.listing() }
      if listing.networks.contains(where: { $0.configurationSource == network.name }) {
        throw .configurationInUse(network.name)
      }
    }
    try awaitVanishing(of: network, in: state)
    let endpoints = try livingEndpoints(of: network, in: state)
    if !endpoints.isEmpty { throw .activeEndpoints(network: network.name, endpoints) }
  }
}

/// What came of a `prune`.
public struct Pruning: Sendable {
  /// The names of the networks that are gone.
  public fileprivate(set) var removed: [String] = []
  /// The networks that could not be removed.
  public fileprivate(set) var failures: [NetworkFailure] = []
}
