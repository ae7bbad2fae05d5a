extension Flag where Value == Bool {
  /// A boolean; true when given without a value.
  package static func bool(
    _ name: String, short shorthand: Character? = nil, default defaultValue: Bool = false,
    help usage: String
  ) -> Flag {
    Flag(
      name, shorthand, .bool, .boolean, usage, default: defaultValue,
      shownDefault: defaultValue ? "true" : nil,
      convert: { text throws(ConversionError) in try boolean(text) },
      combine: \.last)
  }
}

extension Flag where Value == String {
  /// Any string; the last one wins.
  package static func string(
    _ name: String, short shorthand: Character? = nil, default defaultValue: String = "",
    values: CompletionKind = .anything,
    help usage: String
  ) -> Flag {
    Flag(
      name, shorthand, .string, values, usage, default: defaultValue,
      shownDefault: defaultValue.isEmpty ? nil : GoQuoting.string(defaultValue),
      convert: { text throws(ConversionError) in text },
      combine: \.last)
  }
}

extension Flag {
  /// One of the cases of a type; the last one wins.
  package static func choice(
    _ name: String, default defaultValue: Value, values: CompletionKind, help usage: String
  ) -> Flag where Value: CaseIterable & RawRepresentable<String> {
    Flag(
      name, nil, .string, values, usage, default: defaultValue,
      shownDefault: GoQuoting.string(defaultValue.rawValue),
      convert: { text throws(ConversionError) in
        guard let value = Value(rawValue: text) else {
          let words = Value.allCases.map { $0.rawValue }.joined(separator: ", ")
          throw .rejected(reason: "must be one of \(words)")
        }
        return value
      },
      combine: { pieces in pieces.last })
  }
}

extension Flag where Value == Int {
  /// A 64-bit number, also in Go's hexadecimal, octal and binary notation.
  package static func int(
    _ name: String, short shorthand: Character? = nil, default defaultValue: Int = 0,
    help usage: String
  ) -> Flag {
    Flag(
      name, shorthand, .int, .anything, usage, default: defaultValue,
      shownDefault: defaultValue == 0 ? nil : String(defaultValue),
      convert: { text throws(ConversionError) in try integer(text) },
      combine: \.last)
  }
}
