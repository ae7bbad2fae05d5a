extension RegexpParser {
  mutating func openGroup() throws(RegexpError) {
    let outerFlags = flags
    position += 1
    if peek() == "?", try !parseGroupPrefix() { return }
    guard groups.count <= Self.deepestNesting else { throw .nestedTooDeeply }
    groups.append(Group(outerFlags: outerFlags))
  }

  mutating func beginBranch() {
    position += 1
    withInnermostGroup { group in
      group.branches.append(group.sequence)
      group.sequence = []
      group.repeatFactor = max(group.repeatFactor, group.lastRepeatFactor)
      group.lastRepeatFactor = 1
      group.lastPart = nil
    }
  }

  mutating func closeGroup() throws(RegexpError) {
    guard groups.count > 1 else { throw .unexpectedParenthesis }
    position += 1
    let (fragment, repeatFactor) = closeLastGroup()
    try append(fragment, repeatFactor: repeatFactor)
  }

  mutating func closeLastGroup() -> (fragment: Fragment, repeatFactor: Int) {
    let group = groups.removeLast()
    flags = group.outerFlags
    let branches = group.branches + [group.sequence]
    size -= branches.reduce(0) { $0 + $1.count }
    return (.alternation(of: branches), max(group.repeatFactor, group.lastRepeatFactor))
  }

  /// Reads what follows `(`; false when it only changed flags and opened nothing.
  private mutating func parseGroupPrefix() throws(RegexpError) -> Bool {
    let start = position - 1
    position += 1
    if peek() == "P", peek(1) == "<" {
      position += 2
      return try parseGroupName(from: start)
    }
    if peek() == "<" {
      position += 1
      return try parseGroupName(from: start)
    }
    return try parseFlags(from: start)
  }

  private mutating func parseGroupName(from start: Int) throws(RegexpError) -> Bool {
    let name = position
    while let scalar = peek(), scalar != ">" {
      guard CharacterRanges.word.contains(scalar.value) else {
        throw .invalidGroupName(text(start..<pattern.count))
      }
      position += 1
    }
    guard peek() == ">", position > name else {
      throw .invalidGroupName(text(start..<pattern.count))
    }
    position += 1
    return true
  }

  private mutating func parseFlags(from start: Int) throws(RegexpError) -> Bool {
    var changed = flags
    var value = true
    var isComplete = true
    while let scalar = peek() {
      position += 1
      switch scalar {
      case "i": changed.ignoresCase = value
      case "m": changed.isMultiline = value
      case "s": changed.dotMatchesNewline = value
      case "U": break
      case "-" where value:
        value = false
        isComplete = false
        continue
      case ":" where isComplete, ")" where isComplete:
        flags = changed
        return scalar == ":"
      default:
        throw .invalidGroup(text(from: start))
      }
      isComplete = true
    }
    throw .invalidGroup(text(from: start))
  }
}
