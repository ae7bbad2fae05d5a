public import AddressPools
public import Addressing
public import NetworkModel

/// The addresses of a network that are taken, for each of its subnets.
public struct LeaseBook: Hashable, Sendable {
  /// The subnets in the order of the network's configuration.
  public var subnets: [SubnetLeases]

  /// Takes the subnets.
  public init(subnets: [SubnetLeases] = []) {
    self.subnets = subnets
  }

  /// What the definition of a network sets aside: gateways and auxiliary addresses.
  public init(of network: Network) {
    subnets = network.subnets.map { configuration in
      var leases =
        (try? SubnetLeases(subnet: configuration.subnet, range: configuration.range))
        ?? SubnetLeases(subnet: configuration.subnet)
      for address in [configuration.gateway].compactMap(\.self)
        + configuration.auxiliaryAddresses.values
      {
        try? leases.lease(address)
      }
      return leases
    }
  }

  /// Takes one address out of the subnet it belongs to.
  public mutating func lease(_ address: IPAddress) throws(LeaseError) {
    guard let index = subnets.firstIndex(where: { $0.subnet.contains(address) }) else {
      throw .outsideSubnet
    }
    try subnets[index].lease(address)
  }

  /// Gives an address back; one that is free already is left alone.
  public mutating func release(_ address: IPAddress) {
    guard let index = subnets.firstIndex(where: { $0.subnet.contains(address) }) else { return }
    subnets[index].release(address)
  }
}
