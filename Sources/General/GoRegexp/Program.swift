/// An instruction of a compiled expression; targets are relative to it.
enum Instruction: Sendable {
  /// Consumes this code point.
  case codePoint(UInt32)
  /// Consumes a code point of the class with this index.
  case characterClass(Int32)
  /// Consumes any code point.
  case any
  /// Consumes any code point but a newline.
  case anyButNewline
  /// Continues at both targets.
  case split(Int32, Int32)
  /// Continues at the target.
  case jump(Int32)
  /// Continues if the assertion holds.
  case assert(Assertion)
  /// The expression has matched.
  case match
}

/// A condition on the position between two code points.
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
