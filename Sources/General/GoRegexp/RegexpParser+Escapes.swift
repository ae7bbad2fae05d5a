extension RegexpParser {
  /// Reads what a backslash outside of brackets begins.
  mutating func parseEscapedPart() throws(RegexpError) {
    switch peek(1) {
    case "A": try appendAssertion(.beginOfText)
    case "z": try appendAssertion(.endOfText)
    case "b": try appendAssertion(.wordBoundary)
    case "B": try appendAssertion(.noWordBoundary)
    case "Q": try parseQuoted()
    case "p", "P":
      let item = try parseCategory()
      let characterClass = CharacterClass(CharacterRanges([]), categories: [item])
      try append([.characterClass(addClass(characterClass))])
    default:
      if let ranges = parsePerlClass() {
        try append([.characterClass(addClass(CharacterClass(ranges)))])
      } else {
        try appendLiteral(try parseEscape())
      }
    }
  }

  private mutating func appendAssertion(_ assertion: Assertion) throws(RegexpError) {
    position += 2
    try append([.assert(assertion)])
  }

  /// Reads the literal text between `\Q` and `\E` or the end.
  private mutating func parseQuoted() throws(RegexpError) {
    position += 2
    while let scalar = peek() {
      if scalar == "\\", peek(1) == "E" {
        position += 2
        return
      }
      position += 1
      try appendLiteral(scalar.value)
    }
  }

  /// Parses `\d` and the like; returns nil and reads nothing if there is none.
  mutating func parsePerlClass() -> CharacterRanges? {
    guard peek() == "\\", let letter = peek(1), let ranges = CharacterRanges.perl(letter) else {
      return nil
    }
    position += 2
    let folded = flags.ignoresCase ? ranges.ignoringCase : ranges
    return letter.properties.isUppercase ? folded.inverted : folded
  }

  /// Reads the escape of a single code point.
  mutating func parseEscape() throws(RegexpError) -> UInt32 {
    let start = position
    position += 1
    guard let scalar = peek() else { throw .trailingBackslash }
    position += 1
    switch scalar {
    case "a": return 0x07
    case "f": return 0x0c
    case "n": return 0x0a
    case "r": return 0x0d
    case "t": return 0x09
    case "v": return 0x0b
    case "0": return parseOctal()
    case "1"..."7":
      guard let next = peek(), "0"..."7" ~= next else { throw .invalidEscape(text(from: start)) }
      return parseOctal()
    case "x": return try parseHexadecimal(from: start)
    default:
      let isWordCharacter = scalar != "_" && CharacterRanges.word.contains(scalar.value)
      guard scalar.isASCII, !isWordCharacter else { throw .invalidEscape(text(from: start)) }
      return scalar.value
    }
  }

  /// Reads up to three octal digits, the first of which has been passed.
  private mutating func parseOctal() -> UInt32 {
    position -= 1
    var value: UInt32 = 0
    for _ in 0..<3 {
      guard let digit = peek(), "0"..."7" ~= digit else { break }
      value = value * 8 + digit.value - 0x30
      position += 1
    }
    return value
  }

  /// Reads `7f` or `{10ffff}`.
  private mutating func parseHexadecimal(from start: Int) throws(RegexpError) -> UInt32 {
    let isBraced = peek() == "{"
    if isBraced { position += 1 }
    let first = position
    var value: UInt32 = 0
    while isBraced || position < first + 2, let digit = peek().flatMap(hexadecimalValue) {
      value = value * 16 + digit
      position += 1
      guard value <= CharacterRanges.highestCodePoint else {
        throw .invalidEscape(text(from: start))
      }
    }
    guard isBraced ? position > first && peek() == "}" : position == first + 2 else {
      throw .invalidEscape(text(from: start))
    }
    if isBraced { position += 1 }
    return value
  }

  /// Reads `\pL`, `\p{Lu}` or `\P{^Lu}`.
  mutating func parseCategory() throws(RegexpError) -> CharacterClass.CategoryItem {
    let start = position
    var isInverted = peek(1) == "P"
    position += 2
    var name = try parseCategoryName(from: start)
    if name.hasPrefix("^") {
      isInverted.toggle()
      name.removeFirst()
    }
    guard let category = UnicodeCategory(name) else {
      throw .invalidClassRange(text(from: start))
    }
    return CharacterClass.CategoryItem(
      category: category, isInverted: isInverted, ignoresCase: flags.ignoresCase)
  }

  private mutating func parseCategoryName(from start: Int) throws(RegexpError) -> String {
    let first = position
    guard let scalar = peek() else { throw .invalidClassRange(text(from: start)) }
    position += 1
    guard scalar == "{" else { return text(from: first) }
    while let scalar = peek() {
      position += 1
      if scalar == "}" { return text(first + 1..<position - 1) }
    }
    throw .invalidClassRange(text(from: start))
  }
}

private func hexadecimalValue(_ scalar: Unicode.Scalar) -> UInt32? {
  switch scalar {
  case "0"..."9": scalar.value - 0x30
  case "a"..."f": scalar.value - 0x61 + 10
  case "A"..."F": scalar.value - 0x41 + 10
  default: nil
  }
}
