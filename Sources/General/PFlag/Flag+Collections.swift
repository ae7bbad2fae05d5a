extension Flag where Value == [String] {
  /// A repeatable list in which each occurrence is one CSV record.
  package static func strings(
    _ name: String, short shorthand: Character? = nil,
    values: CompletionKind = .anything, help usage: String
  ) -> Flag {
    Flag(
      name, shorthand, .strings, values, usage, default: [],
      convert: { text throws(ConversionError) in
        do throws(CSVError) {
          return try CSVRecord.fields(of: text)
        } catch {
          throw .malformedList(error)
        }
      },
      combine: { (records: [[String]]) in Array(records.joined()) })
  }
}

extension Flag {
  /// A repeatable list in which each occurrence is one element, including commas.
  package static func list<Element: Sendable>(
    _ name: String, short shorthand: Character? = nil,
    values: CompletionKind = .anything, help usage: String,
    convert: @escaping @Sendable (String) throws(ConversionError) -> Element
  ) -> Flag where Value == [Element] {
    Flag(
      name, shorthand, .list, values, usage, default: [], convert: convert,
      combine: { (elements: [Element]) in elements })
  }
}

extension Flag where Value == [String: String] {
  /// Repeatable `key=value` pairs; without a `=` the value is empty, and the last of equal keys
  /// wins.
  package static func map(
    _ name: String, short shorthand: Character? = nil,
    values: CompletionKind = .anything, help usage: String
  ) -> Flag {
    Flag(
      name, shorthand, .map, values, usage, default: [:], shownDefault: "map[]",
      convert: { text throws(ConversionError) in KeyValue(cutting: text) },
      combine: { (pairs: [KeyValue]) in
        Dictionary(pairs.map { ($0.key, $0.value) }, uniquingKeysWith: { _, last in last })
      })
  }
}

extension Flag where Value == [FilterTerm] {
  /// Repeatable `name=value` conditions, in the order given.
  package static func filter(
    _ name: String, short shorthand: Character? = nil,
    values: CompletionKind = .anything, help usage: String
  ) -> Flag {
    Flag(
      name, shorthand, .filter, values, usage, default: [],
      convert: { text throws(ConversionError) in try FilterTerm(parsing: text) },
      combine: { (terms: [FilterTerm?]) in terms.compactMap(\.self) })
  }
}
