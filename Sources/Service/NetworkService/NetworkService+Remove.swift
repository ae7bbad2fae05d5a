import KernelModel
import NetworkModel
import StateStore

extension NetworkService {
  /// Removes a network without live endpoints, its device and its firewall elements.
  public func remove(_ reference: String) throws(ServiceError) {
    try transaction { (state) throws(ServiceError) in
      let network = try self.network(reference, in: state.index, of: state.folder)
      if network.isPredefined { throw .predefinedNetwork(network.name) }
      try checkUnused(network, in: state)
      try remove(network, in: state)
    }
  }

  private func checkUnused(
    _ network: Network, in state: borrowing LockedState
  ) throws(ServiceError) {
    if network.isConfigurationOnly {
      let listing = state.index.listing
      if listing.networks.contains(where: { $0.configurationSource == network.name }) {
        throw .configurationInUse(network.name)
      }
    }
    let endpoints = try pruningDeadEndpoints(of: network, in: state)
    if !endpoints.isEmpty { throw .activeEndpoints(network: network.name, endpoints) }
  }
}
