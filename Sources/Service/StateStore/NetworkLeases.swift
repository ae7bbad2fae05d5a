package import AddressPools
package import Addressing
package import NetworkModel

/// The leased addresses of a network, by subnet.
package struct NetworkLeases: Hashable, Sendable {
  /// The subnets in the order of the network's configuration.
  package var subnets: [SubnetLeases]

  package init(subnets: [SubnetLeases] = []) {
    self.subnets = subnets
  }

  /// The addresses that a network's definition reserves: gateways and auxiliary addresses.
  package init(of network: Network) {
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

  /// Leases an address from the subnet it belongs to.
  package mutating func lease(_ address: IPAddress) throws(LeaseError) {
    guard let index = subnets.firstIndex(where: { $0.subnet.contains(address) }) else {
      throw .outsideSubnet
    }
    try subnets[index].lease(address)
  }

  /// Whether an address is leased or reserved.
  package func isInUse(_ address: IPAddress) -> Bool {
    subnets.contains { $0.isInUse(address) }
  }

  /// Releases an address; a free one is ignored.
  package mutating func release(_ address: IPAddress) {
    guard let index = subnets.firstIndex(where: { $0.subnet.contains(address) }) else { return }
    subnets[index].release(address)
  }
}
