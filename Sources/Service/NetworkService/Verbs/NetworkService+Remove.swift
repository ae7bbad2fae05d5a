import KernelModel
import NetworkModel
import StateStore

extension NetworkService {
  /// Removes a network without live endpoints, its device and its firewall elements.
  public func remove(_ reference: String) throws(ServiceError) {
    try transaction { (transaction) throws(ServiceError) in
      let network = try transaction.network(reference)
      if network.isPredefined { throw .predefinedNetwork(network.name) }
      try transaction.checkDependents(of: network)
      let endpoints = try transaction.pruningDeadEndpoints(of: network)
      if !endpoints.isEmpty { throw .activeEndpoints(network: network.name, endpoints) }
      try transaction.remove(network)
    }
  }
}

extension Transaction {
  /// Refuses a configuration that other networks were created from.
  fileprivate func checkDependents(of network: Network) throws(ServiceError) {
    guard network.isConfigurationOnly else { return }
    if index.listing.networks.contains(where: { $0.configurationSource == network.name }) {
      throw .configurationInUse(network.name)
    }
  }
}
