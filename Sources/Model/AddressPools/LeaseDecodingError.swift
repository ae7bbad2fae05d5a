/// Why the text form of leases cannot be read.
public enum LeaseDecodingError: Error, Hashable, Sendable {
  /// A part is neither a number nor two numbers with a hyphen, the lower first.
  case malformed(String)
  /// A part does not lie behind the one before it, with a gap.
  case outOfOrder(String)
  /// A part goes beyond the last address of the subnet.
  case outsideSubnet(String)
  /// The range of automatic addresses is not in the subnet.
  case rangeOutsideSubnet
}
