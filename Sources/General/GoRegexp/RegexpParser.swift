/// Parses an expression from front to back and compiles it on the way.
///
/// Open groups are kept on an explicit stack, so that nesting does not use the process's.
struct RegexpParser {
  /// What `(?i)` and the like change.
  struct Flags {
    var ignoresCase = false
    var isMultiline = false
    var dotMatchesNewline = false
  }

  /// An open group, or the whole expression.
  struct Group {
    /// The flags to return to when the group is closed.
    var outerFlags: Flags
    /// The branches before the last `|`.
    var branches: [Fragment] = []
    /// The branch being parsed.
    var sequence: Fragment = []
    /// The start of the part that a repetition would repeat.
    var lastPart: Int?
    /// The highest product of nested counts in this group up to the last part, and in that part.
    var repeatFactor = 1
    var lastRepeatFactor = 1
  }

  static let deepestNesting = 1000
  static let highestCount = 1000
  static let mostInstructions = 100_000

  let pattern: [Unicode.Scalar]
  var position = 0
  var flags = Flags()
  /// Whether a search for the end of a named class may still find one.
  var mayHoldNamedClasses = true

  private var classes: [CharacterClass] = []
  /// Case-insensitive classes of single letters.
  private var letterClasses: [UInt32: Int32] = [:]
  var groups = [Group(outerFlags: Flags())]
  /// The instructions of all open groups.
  var size = 0

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

  /// The case-insensitive class of a letter; nil for a character without case.
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

  mutating func withInnermostGroup<Result>(_ body: (inout Group) -> Result) -> Result {
    body(&groups[groups.count - 1])
  }
}
