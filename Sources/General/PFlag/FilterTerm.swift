/// One `--filter name=value` condition.
public struct FilterTerm: Hashable, Sendable {
  /// The name, trimmed and in lower case.
  public let name: String
  /// The value, trimmed.
  public let value: String

  /// Makes a condition of a name and a value that need no clean-up.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }

  /// Reads a condition, `nil` for an empty text.
  ///
  /// Fails with `ConversionError.malformedFilter` if the text has no `=`.
  public init?(parsing text: String) throws(ConversionError) {
    if text.isEmpty { return nil }
    let pair = KeyValue(cutting: text).trimmed
    guard pair.isPair else { throw .malformedFilter }
    name = pair.key.loweringEachScalar()
    value = pair.value
  }
}
