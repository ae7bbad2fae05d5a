/// Why an address cannot be leased.
package enum LeaseError: Error, Hashable, Sendable {
  /// The address is not in the subnet.
  case outsideSubnet
  /// The address is already leased, or is the network or broadcast address.
  case inUse
  /// No address of the range is free.
  case exhausted
  /// The range of automatic addresses is not in the subnet.
  case rangeOutsideSubnet
}
