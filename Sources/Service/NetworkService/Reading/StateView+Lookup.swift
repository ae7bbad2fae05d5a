import NetworkModel
import StateStore

extension StateView {
  /// The network that a name, an identity or an identity prefix refers to.
  func network(_ reference: String) throws(ServiceError) -> Network {
    try network(reference, in: try index())
  }

  /// Finds a network as Docker does: by full identity, by name, by a unique identity prefix.
  func network(_ reference: String, in index: NetworkIndex) throws(ServiceError) -> Network {
    if let id = NetworkID(reference), let network = try network(id) { return network }
    if let network = try network(named: reference, in: index) { return network }
    let ids = isIdentityPrefix(reference) ? index.ids(beginningWith: reference) : []
    if ids.count > 1 { throw .ambiguousNetwork(reference, matches: ids.count) }
    if let id = ids.first, let network = try network(id) { return network }
    // The name in a document may have been edited.
    if let network = index.listing.network(named: reference) { return network }
    throw .networkNotFound(reference)
  }

  /// Resolves several references; returns the networks found and the errors for the others.
  func resolve(
    _ references: [String], in index: NetworkIndex
  ) -> (chosen: Set<NetworkID>, failures: [NetworkFailure]) {
    var chosen: Set<NetworkID> = []
    var failures: [NetworkFailure] = []
    for reference in references {
      do throws(ServiceError) {
        chosen.insert(try network(reference, in: index).id)
      } catch {
        failures.append(NetworkFailure(network: nil, error: error))
      }
    }
    return (chosen, failures)
  }

  /// A container as recorded.
  func container(_ id: ContainerID) throws(ServiceError) -> Container? {
    if let endpoint = try endpoints(of: id).first { return endpoint.container }
    return try ports(of: id)?.container
  }
}
