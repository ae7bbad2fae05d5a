/// One `--filter name=value` condition.
package struct FilterTerm: Hashable, Sendable {
  /// The name, trimmed and in lower case.
  package let name: String
  /// The value, trimmed.
  package let value: String

  /// Takes a name and a value that are already normalised.
  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }

  /// Parses a condition; nil for an empty string.
  ///
  /// Throws `ConversionError.malformedFilter` without a `=`.
  package init?(parsing text: String) throws(ConversionError) {
    if text.isEmpty { return nil }
    let pair = KeyValue(cutting: text).trimmed
    guard pair.isPair else { throw .malformedFilter }
    name = pair.key.loweringEachScalar()
    value = pair.value
  }
}
