extension Flag {
  /// One address, parsed by `parse`; surrounding blanks are trimmed, and an empty value changes
  /// nothing.
  package static func ip<Address: Sendable>(
    _ name: String, short shorthand: Character? = nil, help usage: String,
    parse: @escaping @Sendable (String) -> Address?
  ) -> Flag where Value == Address? {
    Flag(
      name, shorthand, .ip, .anything, usage, default: nil,
      convert: { text throws(ConversionError) -> Address? in
        if text.isEmpty { return nil }
        guard let address = parse(text.trimmingWhitespace()) else { throw .notAnAddress(text) }
        return address
      },
      combine: { (addresses: [Address?]) in addresses.last { $0 != nil } ?? nil })
  }

  /// Repeatable, comma-separated addresses, each read by `parse`.
  package static func ipSlice<Address: Sendable>(
    _ name: String, short shorthand: Character? = nil, help usage: String,
    parse: @escaping @Sendable (String) -> Address?
  ) -> Flag where Value == [Address] {
    slice(
      name, shorthand, .ipSlice, usage, parse: parse,
      refusal: ConversionError.notAnAddressInList)
  }

  /// Repeatable, comma-separated prefixes, each read by `parse`.
  package static func ipNetSlice<Prefix: Sendable>(
    _ name: String, short shorthand: Character? = nil, help usage: String,
    parse: @escaping @Sendable (String) -> Prefix?
  ) -> Flag where Value == [Prefix] {
    slice(name, shorthand, .ipNetSlice, usage, parse: parse, refusal: ConversionError.notAPrefix)
  }

  private static func slice<Element: Sendable>(
    _ name: String, _ shorthand: Character?, _ type: FlagType, _ usage: String,
    parse: @escaping @Sendable (String) -> Element?,
    refusal: @escaping @Sendable (String) -> ConversionError
  ) -> Flag where Value == [Element] {
    Flag(
      name, shorthand, type, .anything, usage, default: [], shownDefault: "[]",
      convert: { text throws(ConversionError) -> [Element] in
        var elements: [Element] = []
        for field in try unquotedFields(of: text) {
          guard let element = parse(field.trimmingWhitespace()) else { throw refusal(field) }
          elements.append(element)
        }
        return elements
      },
      combine: { (lists: [[Element]]) in Array(lists.joined()) })
  }
}

/// The comma-separated fields of a list of addresses, in which quotes have no meaning.
private func unquotedFields(of text: String) throws(ConversionError) -> [String] {
  let quotes: [UInt8] = [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`")]
  let bare = String(decoding: text.utf8.filter { !quotes.contains($0) }, as: UTF8.self)
  do throws(CSVError) {
    return try CSVRecord.fields(of: bare)
  } catch {
    if error.fault == .noRecord { return [] }
    throw .malformedList(error)
  }
}
