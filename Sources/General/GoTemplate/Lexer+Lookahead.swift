extension Lexer {
  static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
      || byte == UInt8(ascii: "\n")
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  func matches(_ text: String, at index: Int) -> Bool {
    guard index + text.utf8.count <= input.count else { return false }
    return text.utf8.elementsEqual(input[index..<(index + text.utf8.count)])
  }

  func firstIndex(of text: String, from index: Int) -> Int? {
    guard let first = text.utf8.first, index < input.count else { return nil }
    return (index..<input.count).first { input[$0] == first && matches(text, at: $0) }
  }

  func hasLeftTrimMarker(at index: Int) -> Bool {
    index + 1 < input.count && input[index] == UInt8(ascii: "-")
      && Lexer.isSpace(input[index + 1])
  }

  func hasRightTrimMarker(at index: Int) -> Bool {
    index + 1 < input.count && Lexer.isSpace(input[index])
      && input[index + 1] == UInt8(ascii: "-")
  }

  var isAtRightDelimiter: Bool {
    matches("}}", at: position)
      || hasRightTrimMarker(at: position) && matches("}}", at: position + 2)
  }

  /// Whether a name may end here; this is also what breaks `.X.Y` in two.
  var isAtTerminator: Bool {
    guard position < input.count else { return true }
    switch input[position] {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"),
      UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "|"), UInt8(ascii: ":"),
      UInt8(ascii: "("), UInt8(ascii: ")"):
      return true
    default: return matches("}}", at: position)
    }
  }

  mutating func skipSpaces() {
    while position < input.count, Lexer.isSpace(input[position]) { position += 1 }
  }

  mutating func skipAlphanumerics() {
    while position < input.count {
      let rune = Rune(in: input, at: position)
      guard RuneClass.isAlphanumeric(rune.value) else { return }
      position += rune.width
    }
  }
}

extension Lexer {
  /// Scans anything that looks like a number; the parser decides whether it is one.
  mutating func scanNumber() -> Token {
    guard scanNumberShape() else { return fail(badNumber) }
    guard position < input.count, "+-".utf8.contains(input[position]) else { return take(.number) }
    guard scanNumberShape(), input[position - 1] == UInt8(ascii: "i") else {
      return fail(badNumber)
    }
    return take(.complex)
  }

  private var badNumber: SyntaxProblem {
    .badNumber(GoString(bytes: Array(input[start..<position])))
  }

  private mutating func scanNumberShape() -> Bool {
    accept("+-")
    var digits: String = "0123456789_"
    var exponent: String = "eE"
    if accept("0") {
      if accept("xX") {
        digits = "0123456789abcdefABCDEF_"
        exponent = "pP"
      } else if accept("oO") {
        digits = "01234567_"
        exponent = ""
      } else if accept("bB") {
        digits = "01_"
        exponent = ""
      }
    }
    acceptRun(digits)
    if accept(".") { acceptRun(digits) }
    if accept(exponent) {
      accept("+-")
      acceptRun("0123456789_")
    }
    accept("i")
    guard position < input.count else { return true }
    let rune = Rune(in: input, at: position)
    guard RuneClass.isAlphanumeric(rune.value) else { return true }
    position += rune.width
    return false
  }

  @discardableResult
  private mutating func accept(_ set: String) -> Bool {
    guard position < input.count, set.utf8.contains(input[position]) else { return false }
    position += 1
    return true
  }

  private mutating func acceptRun(_ set: String) {
    while accept(set) {}
  }
}
