public import Addressing

/// A network with its current endpoints.
public struct NetworkStatus: Hashable, Sendable {
  /// The definition.
  public let network: Network
  /// The live endpoints, ordered by the identity of their containers.
  public let endpoints: [Endpoint]
  /// The address usage of each subnet.
  public let usage: [SubnetUsage]

  /// The endpoints on other hosts, ordered by identity.
  public let remoteEndpoints: [RemoteEndpoint]
  /// The hosts with endpoints, ordered by identity; empty for a network of this host alone.
  public let peers: [ClusterHost]

  package init(
    network: Network, endpoints: [Endpoint] = [], usage: [SubnetUsage] = [],
    remoteEndpoints: [RemoteEndpoint] = [], peers: [ClusterHost] = []
  ) {
    self.network = network
    self.endpoints = endpoints
    self.usage = usage
    self.remoteEndpoints = remoteEndpoints
    self.peers = peers
  }
}

/// The address usage of a subnet.
public struct SubnetUsage: Hashable, Sendable {
  /// The subnet.
  public let subnet: IPPrefix
  /// Leased and reserved addresses.
  public let inUse: UInt64
  /// Addresses available for automatic allocation.
  public let available: UInt64

  package init(subnet: IPPrefix, inUse: UInt64, available: UInt64) {
    self.subnet = subnet
    self.inUse = inUse
    self.available = available
  }
}
