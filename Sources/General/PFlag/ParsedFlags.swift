/// The flags given on a command line.
package struct ParsedFlags: Sendable {
  private var occurrences: [Occurrence] = []

  private struct Occurrence: Sendable {
    let flag: String
    let value: any Sendable
  }

  /// No flags at all: every flag has its default.
  package init() {}

  /// The value of a flag; its default if it was not given.
  package subscript<Value>(flag: Flag<Value>) -> Value {
    given(flag) ?? flag.defaultValue
  }

  /// The value of a flag if it was given.
  package func given<Value>(_ flag: Flag<Value>) -> Value? {
    if occurrences.isEmpty { return nil }
    var pieces: [any Sendable] = []
    for occurrence in occurrences where occurrence.flag == flag.declaration.name {
      pieces.append(occurrence.value)
    }
    return pieces.isEmpty ? nil : flag.combine(pieces)
  }

  mutating func add(_ value: String, for flag: FlagDeclaration) throws(ConversionError) {
    occurrences.append(Occurrence(flag: flag.name, value: try flag.convert(value)))
  }
}
