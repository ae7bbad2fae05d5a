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
  /// endpoint and satisfies `condition`; gives their names. One that cannot be removed is left, as
  /// Docker leaves it.
  public func prune(
    where condition: (Network) -> Bool
  ) throws(ServiceError) -> [String] {
    try transaction { (state) throws(ServiceError) in
      let listing = try stored { () throws(StateError) in try state.index.listing() }
      var names: [String] = []
      // The device of the default network goes with its last endpoint.
      for network in listing.networks where network.isPredefined {
        _ = try? forgetDeadEndpoints(of: network, in: state)
      }
      for network in listing.networks.sorted(by: { $0.name < $1.name })
      where !network.isPredefined && !network.isConfigurationOnly && condition(network) {
        do throws(ServiceError) {
          guard try livingEndpoints(of: network, in: state).isEmpty else { continue }
          try remove(network, in: state)
          names.append(network.name)
        } catch {
          continue
        }
      }
      return names
    }
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
