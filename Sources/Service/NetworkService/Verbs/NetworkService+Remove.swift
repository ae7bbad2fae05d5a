import KernelModel
import NetworkModel
import StateStore

extension NetworkService {
  /// Removes a network without live endpoints, its device and its firewall elements.
  public func remove(_ reference: String) throws(ServiceError) {
    try transaction { (transaction) throws(ServiceError) in
      let network = try transaction.network(reference)
      if network.isPredefined { throw .predefinedNetwork(network.name) }
      try transaction.checkUnusedPruningDeadEndpoints(network)
      try transaction.remove(network)
    }
  }
}

extension Transaction {
  fileprivate func checkUnusedPruningDeadEndpoints(_ network: Network) throws(ServiceError) {
    if network.isConfigurationOnly {
      let listing = index.listing
      if listing.networks.contains(where: { $0.configurationSource == network.name }) {
        throw .configurationInUse(network.name)
      }
    }
    let endpoints = try pruningDeadEndpoints(of: network)
    if !endpoints.isEmpty { throw .activeEndpoints(network: network.name, endpoints) }
  }
}
