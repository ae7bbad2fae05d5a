public import NetworkModel
public import StateStore

/// A network with what is attached to it now.
public struct NetworkStatus: Sendable {
  /// The definition.
  public let network: Network
  /// The endpoints that are alive, in the order of their containers' identities.
  public let endpoints: [Endpoint]
  /// The addresses that are taken.
  public let leases: LeaseBook

  /// Takes every member.
  public init(network: Network, endpoints: [Endpoint] = [], leases: LeaseBook = LeaseBook()) {
    self.network = network
    self.endpoints = endpoints
    self.leases = leases
  }
}

extension NetworkService {
  /// Every network, without waiting for a change that is under way.
  public func networks() throws(ServiceError) -> NetworkListing {
    let folder = try openState()
    return try stored { () throws(StateError) in try folder.index().listing() }
  }

  /// Whether a network has a living endpoint.
  public func hasLivingEndpoints(_ network: Network) throws(ServiceError) -> Bool {
    let folder = try openState()
    let recorded = try stored { () throws(StateError) in try folder.endpoints(of: network.id) }
    for endpoint in recorded where try isAlive(endpoint) { return true }
    return false
  }

  /// One network and what is attached to it, without waiting for a change that is under way.
  public func inspect(_ reference: String) throws(ServiceError) -> NetworkStatus {
    let folder = try openState()
    let index = try stored { () throws(StateError) in try folder.index() }
    let network = try self.network(reference, in: index, of: folder)
    let recorded = try stored { () throws(StateError) in try folder.endpoints(of: network.id) }
    var endpoints: [Endpoint] = []
    for endpoint in recorded where try isAlive(endpoint) { endpoints.append(endpoint) }
    return NetworkStatus(
      network: network,
      endpoints: endpoints.sorted { $0.container.id < $1.container.id },
      leases: try stored { () throws(StateError) in try folder.leases(of: network.id) })
  }
}
