/// What a compiled expression does at one of its states; targets are relative to the instruction.
enum Instruction: Sendable {
  /// Consumes this code point.
  case codePoint(UInt32)
  /// Consumes a code point of the class with this index.
  case characterClass(Int32)
  /// Consumes any code point.
  case any
  /// Consumes any code point but a newline.
  case anyButNewline
  /// Goes on at both targets.
  case split(Int32, Int32)
  /// Goes on at the target.
  case jump(Int32)
  /// Goes on at the next instruction where the assertion holds.
  case assert(Assertion)
  /// The expression has matched.
  case match
}

/// A condition on a place between two code points.
enum Assertion: Sendable {
  case beginOfText
  case endOfText
  case beginOfLine
  case endOfLine
  case wordBoundary
  case noWordBoundary
}

/// A compiled expression.
struct Program: Sendable {
  let instructions: [Instruction]
  let classes: [CharacterClass]
}
