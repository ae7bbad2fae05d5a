extension RegexpParser {
  /// Parses a repetition; returns nil and reads nothing if there is none.
  mutating func parseRepetition() throws(RegexpError) -> Repetition? {
    let repetition: Repetition
    switch peek() {
    case "*": repetition = .zeroOrMore
    case "+": repetition = .oneOrMore
    case "?": repetition = .zeroOrOne
    case "{":
      guard let counted = try parseCounts() else { return nil }
      repetition = counted
      position -= 1
    default: return nil
    }
    position += 1
    if peek() == "?" { position += 1 }
    return repetition
  }

  /// Parses `{2}`, `{2,}` or `{2,5}`; anything else is literal text.
  private mutating func parseCounts() throws(RegexpError) -> Repetition? {
    let start = position
    position += 1
    guard let minimum = parseCount() else { return literal(from: start) }
    var maximum: Int? = minimum
    if peek() == "," {
      position += 1
      maximum = nil
      if peek() != "}" {
        guard let count = parseCount() else { return literal(from: start) }
        maximum = count
      }
    }
    guard peek() == "}" else { return literal(from: start) }
    position += 1
    guard minimum <= Self.highestCount, maximum ?? minimum <= Self.highestCount,
      maximum ?? minimum >= minimum
    else { throw .invalidRepeatSize(text(from: start)) }
    return .counted(minimum: minimum, maximum: maximum)
  }

  private mutating func literal(from start: Int) -> Repetition? {
    position = start
    return nil
  }

  /// Reads a number without leading zeros; anything too large is one more than the limit.
  private mutating func parseCount() -> Int? {
    let start = position
    var count = 0
    while let digit = peek(), CharacterRanges.digit.contains(digit.value) {
      count = min(count * 10 + Int(digit.value - 0x30), Self.highestCount + 1)
      position += 1
    }
    guard position > start, pattern[start] != "0" || position == start + 1 else { return nil }
    return count
  }

  mutating func apply(
    _ repetition: Repetition, from start: Int, after previousStart: Int?
  ) throws(RegexpError) {
    if let previousStart { throw .invalidRepeatOperator(text(from: previousStart)) }
    guard let lastPart = groups[groups.count - 1].lastPart else {
      throw .missingRepeatArgument(text(from: start))
    }
    let factor = try nestedFactor(of: repetition, from: start)

    let part = Fragment(groups[groups.count - 1].sequence[lastPart...])
    size += part.countRepeated(repetition) - part.count
    guard size <= Self.mostInstructions else { throw .tooLarge }
    let repeated = part.repeated(repetition)
    withInnermostGroup { group in
      group.lastRepeatFactor = factor
      group.sequence.removeSubrange(lastPart...)
      group.sequence += repeated
    }
  }

  /// The product of this repetition's count and the highest inside what it repeats.
  private func nestedFactor(
    of repetition: Repetition, from start: Int
  ) throws(RegexpError) -> Int {
    let inner = groups[groups.count - 1].lastRepeatFactor
    guard case .counted(let minimum, let maximum) = repetition else { return inner }
    let factor = maximum == 0 ? 0 : max(maximum ?? minimum, 1) * inner
    guard factor <= Self.highestCount else { throw .invalidRepeatSize(text(from: start)) }
    return factor
  }
}
