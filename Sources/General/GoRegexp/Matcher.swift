/// Simulates all states of a program at once over a text.
struct Matcher {
  private let program: Program

  /// Instructions at the current position that have not been followed yet.
  private var pending: [Int] = []
  /// Consuming instructions reached at the current position.
  private var reached: [Int] = []
  /// The position at which each instruction was last visited, so that none is visited twice.
  private var lastVisit: [Int]

  init(_ program: Program) {
    self.program = program
    lastVisit = Array(repeating: -1, count: program.instructions.count)
  }

  mutating func matches(_ text: String) -> Bool {
    var position = Position(number: 0, before: nil, after: nil)
    for scalar in text.unicodeScalars {
      position.after = scalar.value
      if followPending(at: position) { return true }
      consume(scalar.value)
      position = Position(number: position.number + 1, before: scalar.value, after: nil)
    }
    return followPending(at: position)
  }

  /// Follows all non-consuming instructions, including those from the start of the program; true if
  /// the program has matched.
  private mutating func followPending(at position: Position) -> Bool {
    reached.removeAll(keepingCapacity: true)
    pending.append(0)
    while let index = pending.popLast() {
      guard lastVisit[index] != position.number else { continue }
      lastVisit[index] = position.number
      switch program.instructions[index] {
      case .match: return true
      case .jump(let offset): pending.append(index + Int(offset))
      case .split(let first, let second):
        pending.append(index + Int(second))
        pending.append(index + Int(first))
      case .assert(let assertion):
        if position.satisfies(assertion) { pending.append(index + 1) }
      case .codePoint, .characterClass, .any, .anyButNewline: reached.append(index)
      }
    }
    return false
  }

  /// Continues after those of the reached instructions that accept the code point.
  private mutating func consume(_ codePoint: UInt32) {
    for index in reached where consumes(program.instructions[index], codePoint) {
      pending.append(index + 1)
    }
  }

  private func consumes(_ instruction: Instruction, _ codePoint: UInt32) -> Bool {
    switch instruction {
    case .codePoint(let expected): codePoint == expected
    case .characterClass(let index): program.classes[Int(index)].contains(codePoint)
    case .any: true
    case .anyButNewline: codePoint != newline
    case .split, .jump, .assert, .match: false
    }
  }
}

private let newline: UInt32 = 0x0a

/// A position between two code points of the text.
private struct Position {
  let number: Int
  let before: UInt32?
  var after: UInt32?

  func satisfies(_ assertion: Assertion) -> Bool {
    switch assertion {
    case .beginOfText: before == nil
    case .endOfText: after == nil
    case .beginOfLine: before == nil || before == newline
    case .endOfLine: after == nil || after == newline
    case .wordBoundary: isWord(before) != isWord(after)
    case .noWordBoundary: isWord(before) == isWord(after)
    }
  }

  private func isWord(_ codePoint: UInt32?) -> Bool {
    codePoint.map(CharacterRanges.word.contains) ?? false
  }
}
