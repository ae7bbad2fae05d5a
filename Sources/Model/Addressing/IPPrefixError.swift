/// What is wrong with the string form of a prefix.
///
/// The cases are those that Go's `netip.ParsePrefix` distinguishes.
public enum IPPrefixError: Error, Hashable, Sendable {
  /// There is no `/`.
  case missingSlash
  /// The part before the last `/` is not an address.
  case badAddress(IPAddressError)
  /// The address has a zone (`%eth0`).
  case zone
  /// The length, given as typed, is not a number without sign and leading zeros.
  case badLength(String)
  /// The length exceeds the bits of an address.
  case lengthOutOfRange
}
