/// Why a flag does not take a value.
public enum ConversionError: Error, Equatable, Sendable {
  /// Not one of the words for true and false.
  case notABoolean
  /// Not a number.
  case notAnInteger
  /// A number of more than 64 bits.
  case integerOutOfRange
  /// Not a CSV record.
  case malformedList(CSVError)
  /// No `=` in a filter.
  case malformedFilter
  /// Not an address.
  case notAnAddress(String)
  /// A list of addresses with something else in it.
  case notAnAddressInList(String)
  /// A list of prefixes with something else in it.
  case notAPrefix(String)
  /// A rule of the flag itself is broken; the reason reads on after a colon.
  case rejected(reason: String)
}
