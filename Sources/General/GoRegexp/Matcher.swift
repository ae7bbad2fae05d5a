/// Follows all states of a program at once over one text.
struct Matcher {
  private let program: Program

  /// The instructions where the current place is entered and that are still to be followed.
  private var pending: [Int] = []
  /// The consuming instructions reached at the current place.
  private var reached: [Int] = []
  /// For every instruction the place at which it was last visited, so that nothing is visited twice.
  private var lastVisit: [Int]

  init(_ program: Program) {
    self.program = program
    lastVisit = Array(repeating: -1, count: program.instructions.count)
  }

  mutating func matches(_ text: String) -> Bool {
    var place = Place(number: 0, before: nil, after: nil)
    for scalar in text.unicodeScalars {
      place.after = scalar.value
      if followPending(at: place) { return true }
      consume(scalar.value)
      place = Place(number: place.number + 1, before: scalar.value, after: nil)
    }
    return followPending(at: place)
  }

  /// Follows everything that consumes nothing, also from the start of the program; true when the
  /// program has matched.
  private mutating func followPending(at place: Place) -> Bool {
    reached.removeAll(keepingCapacity: true)
    pending.append(0)
    while let index = pending.popLast() {
      guard lastVisit[index] != place.number else { continue }
      lastVisit[index] = place.number
      switch program.instructions[index] {
      case .match: return true
      case .jump(let offset): pending.append(index + Int(offset))
      case .split(let first, let second):
        pending.append(index + Int(second))
        pending.append(index + Int(first))
      case .assert(let assertion):
        if place.satisfies(assertion) { pending.append(index + 1) }
      case .codePoint, .characterClass, .any, .anyButNewline: reached.append(index)
      }
    }
    return false
  }

  /// Goes on behind those of the reached instructions that accept the code point.
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

/// A place between two code points of the text.
private struct Place {
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
