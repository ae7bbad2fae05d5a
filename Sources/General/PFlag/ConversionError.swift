/// Why a flag rejects a value.
package enum ConversionError: Error, Equatable, Sendable {
  /// Not a boolean literal.
  case notABoolean
  /// Not a number.
  case notAnInteger
  /// A number of more than 64 bits.
  case integerOutOfRange
  /// Not a CSV record.
  case malformedList(CSVError)
  /// No `=` in a filter.
  case malformedFilter
  /// The auxiliary address is not a valid address.
  case notAnAddress(String)
  /// A list of addresses with something else in it.
  case notAnAddressInList(String)
  /// A list of prefixes with something else in it.
  case notAPrefix(String)
  /// A rule of the flag itself is violated; the reason follows after a colon.
  case rejected(reason: String)
}
