public import Addressing

/// A network with what is attached to it now.
public struct NetworkStatus: Hashable, Sendable {
  /// The definition.
  public let network: Network
  /// The endpoints that are alive, in the order of their containers' identities.
  public let endpoints: [Endpoint]
  /// How many addresses are taken, for each subnet.
  public let usage: [SubnetUsage]

  /// Takes every member.
  public init(network: Network, endpoints: [Endpoint] = [], usage: [SubnetUsage] = []) {
    self.network = network
    self.endpoints = endpoints
    self.usage = usage
  }
}

/// How many addresses of a subnet are taken and left.
public struct SubnetUsage: Hashable, Sendable {
  /// The subnet.
  public let subnet: IPPrefix
  /// Addresses that are taken, those that are never given out included.
  public let inUse: UInt64
  /// Addresses that may still be chosen automatically.
  public let available: UInt64

  /// Takes every member.
  public init(subnet: IPPrefix, inUse: UInt64, available: UInt64) {
    self.subnet = subnet
    self.inUse = inUse
    self.available = available
  }
}
