public import AddressPools
public import Addressing

/// The addresses of a network that are taken, for each of its subnets.
public struct LeaseBook: Hashable, Sendable {
  /// The subnets in the order of the network's configuration.
  public var subnets: [SubnetLeases]

  /// Takes the subnets.
  public init(subnets: [SubnetLeases] = []) {
    self.subnets = subnets
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
