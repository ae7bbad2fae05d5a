/// Why the string form of leases cannot be parsed.
package enum LeaseDecodingError: Error, Hashable, Sendable {
  /// A part is neither a number nor two numbers with a hyphen, the lower first.
  case malformed(String)
  /// A part does not follow the one before it with a gap.
  case outOfOrder(String)
  /// A part extends beyond the last address of the subnet.
  case outsideSubnet(String)
  /// The range of automatic addresses is not in the subnet.
  case rangeOutsideSubnet
}
