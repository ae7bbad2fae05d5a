package import NetworkModel

/// A network that is about to have another definition, with the endpoints that change with it.
package struct NetworkUpdate: Hashable, Sendable {
  /// An endpoint before and after.
  package struct EndpointUpdate: Hashable, Sendable {
    package let old: Endpoint
    package let new: Endpoint

    package init(old: Endpoint, new: Endpoint) {
      self.old = old
      self.new = new
    }
  }

  /// The network before.
  package let old: Network
  /// The network after.
  package let new: Network
  /// Only the endpoints that change.
  package let endpoints: [EndpointUpdate]

  package init(old: Network, new: Network, endpoints: [EndpointUpdate]) {
    self.old = old
    self.new = new
    self.endpoints = endpoints
  }

  /// The same the other way round.
  package var reversed: NetworkUpdate {
    NetworkUpdate(
      old: new, new: old, endpoints: endpoints.map { EndpointUpdate(old: $0.new, new: $0.old) })
  }
}
