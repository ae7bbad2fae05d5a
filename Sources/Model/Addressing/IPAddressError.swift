/// What is wrong with the string form of an address, with the rest of the string from the error on.
///
/// The cases are those that Go's `netip.ParseAddr` distinguishes.
public enum IPAddressError: Error, Hashable, Sendable {
  /// There is neither a dot nor a colon.
  case unrecognized
  /// A zone (`%eth0`) has no address before it.
  case missingIPv6Address
  /// The string ends in `%`.
  case emptyZone
  /// A well-formed IPv6 address has a zone, which an `IPAddress` cannot hold.
  case zone(String)

  /// Something other than a digit or a dot in an IPv4 address.
  case ipv4UnexpectedCharacter(at: String)
  /// A number of an IPv4 address has a leading zero.
  case ipv4LeadingZero
  /// A number of an IPv4 address exceeds 255.
  case ipv4FieldTooLarge
  /// Two consecutive dots, or one at the beginning or the end.
  case ipv4EmptyField(at: String)
  /// An IPv4 address has more than four numbers.
  case ipv4TooLong
  /// An IPv4 address has fewer than four numbers.
  case ipv4TooShort

  /// A group has more than four digits.
  case groupTooLong(at: String)
  /// A group has no digit.
  case emptyGroup(at: String)
  /// An embedded IPv4 address does not replace the last two groups.
  case embeddedIPv4Misplaced(at: String)
  /// An embedded IPv4 address has no room after the groups before it.
  case embeddedIPv4DoesNotFit(at: String)
  /// Something other than a colon follows a group.
  case missingColon(at: String)
  /// The address ends in a single colon.
  case trailingColon(at: String)
  /// There is more than one `::`.
  case multipleEllipses(at: String)
  /// More characters follow the eighth group.
  case trailingText(at: String)
  /// There are fewer than eight groups and no `::`.
  case ipv6TooShort
  /// The `::` stands for no group at all.
  case emptyEllipsis
}
