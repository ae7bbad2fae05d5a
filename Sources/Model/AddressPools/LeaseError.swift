/// Why an address cannot be leased.
public enum LeaseError: Error, Hashable, Sendable {
  /// The address is not in the subnet.
  case outsideSubnet
  /// The address is leased, or never leased as the network and broadcast addresses.
  case inUse
  /// No address of the range is free.
  case exhausted
  /// The range of automatic addresses is not in the subnet.
  case rangeOutsideSubnet
}
