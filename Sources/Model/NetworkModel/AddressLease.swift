public import Addressing

/// An address of a network that is in use or reserved.
public struct AddressLease: Hashable, Sendable {
  /// Who has an address.
  public enum Holder: Hashable, Sendable {
    /// The network's bridge, or a router.
    case gateway
    /// No endpoint: it is reserved under this name.
    case auxiliary(String)
    /// A container's interface.
    case endpoint(Endpoint)
  }

  /// The network.
  public let network: Network
  /// The address, with the prefix length of its subnet.
  public let address: IPPrefix
  /// Who has it.
  public let holder: Holder
  /// How many addresses of the subnet are available for automatic allocation.
  public let available: UInt64

  package init(network: Network, address: IPPrefix, holder: Holder, available: UInt64) {
    self.network = network
    self.address = address
    self.holder = holder
    self.available = available
  }
}
