import KernelModel
import NetworkModel
import StateStore

extension NetworkService {
  /// Removes a network without live endpoints, its device and its firewall elements. `force` drops
  /// what a plugin has of it that is away.
  public func remove(_ reference: String, force: Bool = false) throws(ServiceError) {
    do throws(ServiceError) {
      let network = try removeUnlessOfPlugins(reference)
      if let network {
        try network.isOverlay
          ? removeOverlay(network, force: force) : removeWithPlugins(network, force: force)
      }
    } catch {
      guard force, case .networkNotFound = error, dropPendingNetwork(reference) else {
        throw error
      }
    }
  }

  // Returns a network in which plugins have a part.
  private func removeUnlessOfPlugins(
    _ reference: String
  ) throws(ServiceError) -> Network? {
    try transaction { (transaction) throws(ServiceError) -> Network? in
      let network = try transaction.network(reference)
      if network.isPredefined { throw .predefinedNetwork(network.name) }
      try transaction.checkDependents(of: network)
      if network.usesPlugins { return network }
      let endpoints = try transaction.pruningDeadEndpoints(of: network)
      if !endpoints.isEmpty { throw .activeEndpoints(network: network.name, endpoints) }
      try transaction.remove(network)
      return nil
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
