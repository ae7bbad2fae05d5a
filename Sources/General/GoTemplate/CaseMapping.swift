/// Upper, lower and title case, character by character as Go maps them.
enum CaseMapping {
  static func upper(_ text: GoString) -> GoString {
    map(text) { $0.upper }
  }

  static func lower(_ text: GoString) -> GoString {
    map(text) { $0.lower }
  }

  /// Puts letters that begin a word in title case.
  static func title(_ text: GoString) -> GoString {
    var previous: UInt32 = 0x20
    return map(text) { scalar in
      defer { previous = scalar.value }
      return isSeparator(previous) ? scalar.title : scalar
    }
  }

  private static func map(
    _ text: GoString, _ transform: (Unicode.Scalar) -> Unicode.Scalar
  ) -> GoString {
    var output: [UInt8] = []
    output.reserveCapacity(text.bytes.count)
    Rune.forEach(in: text.bytes) { rune in
      output.append(rune: transform(Unicode.Scalar(rune.value) ?? "\u{FFFD}").value)
    }
    return GoString(bytes: output)
  }

  private static func isSeparator(_ rune: UInt32) -> Bool {
    if RuneClass.isAlphanumeric(rune) { return false }
    return rune < 0x80 || RuneClass.isSpace(rune)
  }
}

extension Unicode.Scalar {
  /// Go has no mapping to more than one character.
  fileprivate func single(_ mapping: String) -> Unicode.Scalar? {
    mapping.unicodeScalars.count == 1 ? mapping.unicodeScalars.first : nil
  }

  fileprivate var upper: Unicode.Scalar {
    if value < 0x80 { return value >= 0x61 && value <= 0x7A ? Unicode.Scalar(value - 32)! : self }
    return single(properties.uppercaseMapping) ?? title
  }

  fileprivate var lower: Unicode.Scalar {
    if value < 0x80 { return value >= 0x41 && value <= 0x5A ? Unicode.Scalar(value + 32)! : self }
    // The only one with a longer lower case is the dotted capital I.
    return single(properties.lowercaseMapping) ?? "i"
  }

  fileprivate var title: Unicode.Scalar {
    single(properties.titlecaseMapping) ?? self
  }
}
