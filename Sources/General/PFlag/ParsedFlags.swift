/// The flags given on a command line.
package struct ParsedFlags: Sendable {
  private var occurrences: [String: [any Sendable]] = [:]

  /// No flags at all: every flag has its default.
  package init() {}

  /// The value of a flag; its default if it was not given.
  package subscript<Value>(flag: Flag<Value>) -> Value {
    given(flag) ?? flag.defaultValue
  }

  /// The value of a flag if it was given.
  package func given<Value>(_ flag: Flag<Value>) -> Value? {
    guard let pieces = occurrences[flag.declaration.name] else { return nil }
    return flag.combine(pieces)
  }

  mutating func add(_ value: String, for flag: FlagDeclaration) throws(ConversionError) {
    let piece = try flag.convert(value)
    occurrences[flag.name, default: []].append(piece)
  }
}
