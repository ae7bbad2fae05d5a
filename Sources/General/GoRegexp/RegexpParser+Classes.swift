extension RegexpParser {
  /// Parses a bracketed class and returns its index.
  mutating func parseClass() throws(RegexpError) -> Int32 {
    let start = position
    position += 1
    let isInverted = peek() == "^"
    if isInverted { position += 1 }

    var ranges: [ClosedRange<UInt32>] = []
    var categories: [CharacterClass.CategoryItem] = []
    let first = position
    while peek() != "]" || position == first {
      if let named = try parseNamedClass() {
        ranges += named.ranges
      } else if peek() == "\\", peek(1) == "p" || peek(1) == "P" {
        categories.append(try parseCategory())
      } else if let perl = parsePerlClass() {
        ranges += perl.ranges
      } else {
        ranges += try parseRange(inClassFrom: start)
      }
    }
    position += 1
    let characterClass = CharacterClass(
      CharacterRanges(ranges), categories: categories, isInverted: isInverted)
    return addClass(characterClass)
  }

  /// Parses `[:alpha:]` or `[:^alpha:]`; returns nil and reads nothing if there is none.
  private mutating func parseNamedClass() throws(RegexpError) -> CharacterRanges? {
    guard peek() == "[", peek(1) == ":", mayHoldNamedClasses else { return nil }
    let start = position + 2
    let end = pattern.indices.dropFirst(start).first { index in
      pattern[index] == ":" && index + 1 < pattern.count && pattern[index + 1] == "]"
    }
    guard let end else {
      mayHoldNamedClasses = false
      return nil
    }

    let isInverted = pattern[start] == "^"
    guard let ranges = CharacterRanges.posix(text(start + (isInverted ? 1 : 0)..<end)) else {
      throw .invalidClassRange(text(position..<end + 2))
    }
    position = end + 2
    let folded = flags.ignoresCase ? ranges.ignoringCase : ranges
    return isInverted ? folded.inverted : folded
  }

  /// Reads a character or a range of them.
  private mutating func parseRange(
    inClassFrom classStart: Int
  ) throws(RegexpError) -> [ClosedRange<UInt32>] {
    let start = position
    let lower = try parseClassCharacter(inClassFrom: classStart)
    var upper = lower
    if peek() == "-", let next = peek(1), next != "]" {
      position += 1
      upper = try parseClassCharacter(inClassFrom: classStart)
    }
    guard lower <= upper else { throw .invalidClassRange(text(from: start)) }
    let ranges = CharacterRanges([lower...upper])
    return (flags.ignoresCase ? ranges.ignoringCase : ranges).ranges
  }

  private mutating func parseClassCharacter(
    inClassFrom classStart: Int
  ) throws(RegexpError) -> UInt32 {
    guard let scalar = peek() else { throw .missingBracket(text(from: classStart)) }
    if scalar == "\\" { return try parseEscape() }
    position += 1
    return scalar.value
  }
}
