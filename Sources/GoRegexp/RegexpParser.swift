/// Reads an expression from front to back and compiles it on the way.
///
/// Groups are kept on a stack of their own, so that nesting costs no stack of the process.
struct RegexpParser {
  /// What `(?i)` and the like change.
  struct Flags {
    var ignoresCase = false
    var isMultiline = false
    var dotMatchesNewline = false
  }

  /// An open group, or the whole expression.
  private struct Group {
    /// The flags to return to when the group is closed.
    var outerFlags: Flags
    /// The branches before the last `|`.
    var branches: [Fragment] = []
    /// The branch that is read.
    var sequence: Fragment = []
    /// Where the part begins that a repetition would repeat.
    var lastPart: Int?
    /// The highest product of nested counts in this group up to the last part, and in that part.
    var repeatFactor = 1
    var lastRepeatFactor = 1
  }

  private static let deepestNesting = 1000
  private static let highestCount = 1000
  private static let mostInstructions = 1_000_000

  let pattern: [Unicode.Scalar]
  var position = 0
  var flags = Flags()
  /// Whether a search for the end of a named class may still find one.
  var mayHoldNamedClasses = true

  private var classes: [CharacterClass] = []
  /// The classes made of a single letter without regard to case.
  private var letterClasses: [UInt32: Int32] = [:]
  private var groups = [Group(outerFlags: Flags())]
  private var size = 0

  init(_ pattern: String) {
    self.pattern = Array(pattern.unicodeScalars)
  }

  mutating func parse() throws(RegexpError) -> Program {
    var repetitionStart: Int?
    while let scalar = peek() {
      let start = position
      if let repetition = try parseRepetition() {
        try apply(repetition, from: start, after: repetitionStart)
        repetitionStart = start
      } else {
        try parsePart(scalar)
        repetitionStart = nil
      }
    }
    guard groups.count == 1 else { throw .missingParenthesis }
    return Program(instructions: closeLastGroup().fragment + [.match], classes: classes)
  }

  private mutating func parsePart(_ scalar: Unicode.Scalar) throws(RegexpError) {
    switch scalar {
    case "(": try openGroup()
    case "|": beginBranch()
    case ")": try closeGroup()
    case "[": try append([.characterClass(try parseClass())])
    case "\\": try parseEscapedPart()
    case "^": try appendAdvancing(.assert(flags.isMultiline ? .beginOfLine : .beginOfText))
    case "$": try appendAdvancing(.assert(flags.isMultiline ? .endOfLine : .endOfText))
    case ".": try appendAdvancing(flags.dotMatchesNewline ? .any : .anyButNewline)
    default:
      position += 1
      try appendLiteral(scalar.value)
    }
  }

  func peek(_ distance: Int = 0) -> Unicode.Scalar? {
    let index = position + distance
    return index < pattern.count ? pattern[index] : nil
  }

  func text(from start: Int) -> String { text(start..<position) }

  func text(_ range: Range<Int>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: pattern[range])
    return String(text)
  }

  mutating func addClass(_ characterClass: CharacterClass) -> Int32 {
    classes.append(characterClass)
    return Int32(classes.count - 1)
  }
}

extension RegexpParser {
  mutating func appendLiteral(_ codePoint: UInt32) throws(RegexpError) {
    if flags.ignoresCase, let index = letterClass(of: codePoint) {
      try append([.characterClass(index)])
    } else {
      try append([.codePoint(codePoint)])
    }
  }

  /// The class of a letter in either case; nil for a character without case.
  private mutating func letterClass(of codePoint: UInt32) -> Int32? {
    if let known = letterClasses[codePoint] { return known }
    let equivalents = CharacterRanges([codePoint...codePoint]).ignoringCase
    guard equivalents.ranges != [codePoint...codePoint] else { return nil }
    let index = addClass(CharacterClass(equivalents))
    letterClasses[codePoint] = index
    return index
  }

  /// Passes one character and appends what it means.
  private mutating func appendAdvancing(_ instruction: Instruction) throws(RegexpError) {
    position += 1
    try append([instruction])
  }

  /// Adds a part that a repetition may follow.
  mutating func append(_ part: Fragment, repeatFactor: Int = 1) throws(RegexpError) {
    size += part.count
    guard size <= Self.mostInstructions else { throw .tooLarge }
    withInnermostGroup { group in
      group.repeatFactor = max(group.repeatFactor, group.lastRepeatFactor)
      group.lastRepeatFactor = repeatFactor
      group.lastPart = group.sequence.count
      if group.sequence.isEmpty { group.sequence = part } else { group.sequence += part }
    }
  }

  private mutating func withInnermostGroup<Result>(_ body: (inout Group) -> Result) -> Result {
    body(&groups[groups.count - 1])
  }
}

extension RegexpParser {
  private mutating func openGroup() throws(RegexpError) {
    let outerFlags = flags
    position += 1
    if peek() == "?", try !parseGroupPrefix() { return }
    guard groups.count <= Self.deepestNesting else { throw .nestedTooDeeply }
    groups.append(Group(outerFlags: outerFlags))
  }

  private mutating func beginBranch() {
    position += 1
    withInnermostGroup { group in
      group.branches.append(group.sequence)
      group.sequence = []
      group.repeatFactor = max(group.repeatFactor, group.lastRepeatFactor)
      group.lastRepeatFactor = 1
      group.lastPart = nil
    }
  }

  private mutating func closeGroup() throws(RegexpError) {
    guard groups.count > 1 else { throw .unexpectedParenthesis }
    position += 1
    let (fragment, repeatFactor) = closeLastGroup()
    try append(fragment, repeatFactor: repeatFactor)
  }

  private mutating func closeLastGroup() -> (fragment: Fragment, repeatFactor: Int) {
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

extension RegexpParser {
  /// Reads a repetition; nil, and nothing is read, when there is none.
  private mutating func parseRepetition() throws(RegexpError) -> Repetition? {
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

  /// Reads `{2}`, `{2,}` or `{2,5}`; anything else is no repetition but literal text.
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

  private mutating func apply(
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

  /// The product of this repetition's count and the highest inside of what it repeats.
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
