/// Splits template text into tokens, on its UTF-8 bytes.
struct Lexer {
  let input: [UInt8]
  /// Function names of the template that take precedence over keywords.
  let breakIsKeyword: Bool
  let continueIsKeyword: Bool

  var position = 0
  var start = 0
  var line = 1
  var startLine = 1
  private var parenthesisDepth = 0
  private var isInsideAction = false

  init(_ input: [UInt8], breakIsKeyword: Bool = true, continueIsKeyword: Bool = true) {
    self.input = input
    self.breakIsKeyword = breakIsKeyword
    self.continueIsKeyword = continueIsKeyword
  }

  /// The next token; at the end or after an error, always the end.
  mutating func next() -> Token {
    while true {
      if let token = isInsideAction ? scanInsideAction() : scanText() { return token }
    }
  }

  // MARK: Outside actions

  private mutating func scanText() -> Token? {
    guard let opening = firstIndex(of: "{{", from: position) else {
      position = input.count
      countLines()
      return position > start ? take(.text) : take(.endOfFile)
    }
    var end = opening
    if hasLeftTrimMarker(at: opening + 2) {
      while end > start, Lexer.isSpace(input[end - 1]) { end -= 1 }
    }
    position = end
    if end > start {
      countLines()
      return take(.text)
    }
    position = opening
    skip()
    return scanLeftDelimiter()
  }

  private mutating func scanLeftDelimiter() -> Token? {
    position += 2
    let afterMarker = hasLeftTrimMarker(at: position) ? 2 : 0
    if matches("/*", at: position + afterMarker) {
      position += afterMarker
      skip()
      return scanComment()
    }
    let token = take(.leftDelimiter)
    isInsideAction = true
    position += afterMarker
    skip()
    parenthesisDepth = 0
    return token
  }

  private mutating func scanComment() -> Token? {
    guard let closing = firstIndex(of: "*/", from: position + 2) else {
      return fail(.unclosedComment)
    }
    position = closing + 2
    let trims = hasRightTrimMarker(at: position) && matches("}}", at: position + 2)
    guard trims || matches("}}", at: position) else { return fail(.commentEndsBeforeDelimiter) }
    position += trims ? 4 : 2
    if trims { skipSpaces() }
    skip()
    return nil
  }

  private mutating func scanRightDelimiter() -> Token {
    let trims = hasRightTrimMarker(at: position)
    if trims {
      position += 2
      skip()
    }
    position += 2
    let token = take(.rightDelimiter)
    if trims {
      skipSpaces()
      skip()
    }
    isInsideAction = false
    return token
  }

  // MARK: Inside actions

  private mutating func scanInsideAction() -> Token? {
    if isAtRightDelimiter {
      return parenthesisDepth == 0 ? scanRightDelimiter() : fail(.unclosedParenthesis)
    }
    guard position < input.count else { return fail(.unclosedAction) }
    let byte = input[position]
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"):
      return scanSpace()
    case UInt8(ascii: "="): return take(.assign, length: 1)
    case UInt8(ascii: ":"):
      return matches(":=", at: position) ? take(.declare, length: 2) : fail(.expectedDeclaration)
    case UInt8(ascii: "|"): return take(.pipe, length: 1)
    case UInt8(ascii: "\""): return scanQuoted(.string, .string)
    case UInt8(ascii: "'"): return scanQuoted(.characterConstant, .character)
    case UInt8(ascii: "`"): return scanRawString()
    case UInt8(ascii: "$"):
      position += 1
      return isAtTerminator ? take(.variable) : scanName(.variable)
    case UInt8(ascii: "."): return scanDot()
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return scanNumber()
    case UInt8(ascii: "("):
      parenthesisDepth += 1
      return take(.leftParenthesis, length: 1)
    case UInt8(ascii: ")"):
      parenthesisDepth -= 1
      return parenthesisDepth < 0
        ? fail(.unexpectedRightParenthesis) : take(.rightParenthesis, length: 1)
    default: return scanWordOrCharacter()
    }
  }

  private mutating func scanWordOrCharacter() -> Token {
    let rune = Rune(in: input, at: position)
    if RuneClass.isAlphanumeric(rune.value) { return scanIdentifier() }
    if (0x21..<0x7F).contains(rune.value) { return take(.char, length: 1) }
    return fail(.unrecognizedCharacter(rune.value))
  }

  private mutating func scanSpace() -> Token {
    while position < input.count, Lexer.isSpace(input[position]) {
      if input[position] == UInt8(ascii: "\n") { line += 1 }
      position += 1
    }
    if hasRightTrimMarker(at: position - 1), matches("}}", at: position + 1) {
      position -= 1
      if input[position] == UInt8(ascii: "\n") { line -= 1 }
      if position == start { return scanRightDelimiter() }
    }
    return take(.space)
  }

  private mutating func scanDot() -> Token {
    guard position + 1 < input.count, !Lexer.isDigit(input[position + 1]) else {
      return scanNumber()
    }
    position += 1
    return isAtTerminator ? take(.keyword(.dot)) : scanName(.field)
  }

  private mutating func scanName(_ kind: Token.Kind) -> Token {
    skipAlphanumerics()
    return isAtTerminator ? take(kind) : failAtCharacter()
  }

  private mutating func scanIdentifier() -> Token {
    skipAlphanumerics()
    guard isAtTerminator else { return failAtCharacter() }
    let word = String(decoding: input[start..<position], as: UTF8.self)
    if word == "true" || word == "false" { return take(.bool) }
    switch Token.Keyword(rawValue: word) {
    case nil: return take(.identifier)
    case .break where !breakIsKeyword: return take(.identifier)
    case .continue where !continueIsKeyword: return take(.identifier)
    case let keyword?: return take(.keyword(keyword))
    }
  }

  private mutating func scanQuoted(
    _ kind: Token.Kind, _ literal: SyntaxProblem.Literal
  ) -> Token {
    let quote = input[position]
    position += 1
    while position < input.count, input[position] != UInt8(ascii: "\n") {
      let byte = input[position]
      position += 1
      if byte == quote { return take(kind) }
      if byte == UInt8(ascii: "\\") {
        guard position < input.count, input[position] != UInt8(ascii: "\n") else { break }
        position += 1
      }
    }
    return fail(.unterminated(literal))
  }

  private mutating func scanRawString() -> Token {
    guard let closing = firstIndex(of: "`", from: position + 1) else {
      return fail(.unterminated(.rawString))
    }
    position = closing + 1
    countLines()
    return take(.rawString)
  }

  // MARK: Tokens

  mutating func take(_ kind: Token.Kind, length: Int = 0) -> Token {
    position += length
    let token = Token(
      kind: kind, position: start, line: startLine, bytes: input[start..<position])
    start = position
    startLine = line
    return token
  }

  mutating func fail(_ problem: SyntaxProblem) -> Token {
    let token = Token(kind: .error(problem), position: start, line: startLine, bytes: [])
    position = input.count
    start = position
    isInsideAction = false
    return token
  }

  private mutating func failAtCharacter() -> Token {
    fail(.badCharacter(Rune(in: input, at: position).value))
  }

  /// Drops what was scanned since the last token.
  private mutating func skip() {
    countLines()
    start = position
    startLine = line
  }

  private mutating func countLines() {
    line += input[start..<position].count { $0 == UInt8(ascii: "\n") }
  }
}
