import NetworkModel
import StateStore

extension NetworkService {
  /// Gives a network another name. Containers stay connected, and find each other by the new name
  /// of the network from then on.
  public func rename(_ reference: String, to name: String) throws(ServiceError) {
    try transaction { (transaction) throws(ServiceError) in
      try transaction.rename(try transaction.changeableNetwork(reference), to: name)
    }
  }

  /// The present name of the network that was last renamed from a name, as far as events tell.
  package func presentName(ofFormer name: String) -> String? {
    let renaming = (try? events().read())?.last {
      $0.action == NetworkEvent.Action.rename.rawValue && $0.attributes["oldName"] == name
    }
    return renaming.flatMap { NetworkID($0.network) }
      .flatMap { (try? existingView()?.network($0)) ?? nil }?.name
  }
}

extension Transaction {
  fileprivate func rename(_ old: Network, to name: String) throws(ServiceError) {
    if PredefinedNetwork.isReserved(name) { throw .definition(.reservedName(name)) }
    if name.allSatisfy(\.isWhitespace) { throw .definition(.emptyName) }
    if try view.network(named: name, in: index) != nil { throw .definition(.nameExists(name)) }
    if old.isConfigurationOnly {
      let users = index.listing.networks.filter { $0.configurationSource == old.name }
      if !users.isEmpty {
        throw .update(.configurationInUse(old.name, by: users.map(\.name).sorted()))
      }
    }
    var new = old
    new.name = name
    // A default route may depend on the names of networks.
    let endpoints = try pruningDeadEndpoints(of: old).map { endpoint in
      var renamed = endpoint
      renamed.route = RouteCandidate(
        networkName: name, priority: endpoint.route.priority, routes: endpoint.route.routes)
      return NetworkUpdate.EndpointUpdate(old: endpoint, new: renamed)
    }
    try change(NetworkUpdate(old: old, new: new, endpoints: endpoints))
    report(.rename, new, ["oldName": old.name])
    let attached = endpoints.map(\.old)
      .filter { $0.settings.driverOptions[Endpoint.hookMark] != nil }
    if !attached.isEmpty {
      notices.append(
        .connectedByFormerName(
          old.name, attached.map { kernel.reference(to: $0.container) }.sorted()))
    }
  }

  /// The network that a reference leads to, unless it is a predefined one, which never changes.
  func changeableNetwork(_ reference: String) throws(ServiceError) -> Network {
    let network = try self.network(reference)
    if network.isPredefined { throw .definition(.reservedName(network.name)) }
    if network.isOverlay { throw .update(.isOverlay(network: network.name)) }
    return network
  }
}
