/// A piece of template text that the lexer recognised.
struct Token {
  enum Kind: Equatable {
    case bool, char, characterConstant, complex, assign, declare, endOfFile, field, identifier
    case leftDelimiter, leftParenthesis, number, pipe, rawString, rightDelimiter
    case rightParenthesis, space, string, text, variable
    case keyword(Keyword)
    case error(SyntaxProblem)
  }

  enum Keyword: String {
    case block, `break`, `continue`, define, `else`, end, `if`, `nil`, range, template, with
    case dot = "."
  }

  let kind: Kind
  let position: Int
  let line: Int
  let bytes: ArraySlice<UInt8>

  var text: String { String(decoding: bytes, as: UTF8.self) }
  var goString: GoString { GoString(bytes: Array(bytes)) }

  /// The token as an "unexpected …" message shows it.
  var shown: SyntaxProblem.Token {
    switch kind {
    case .endOfFile: .endOfFile
    case .keyword(let keyword): .keyword(keyword.rawValue)
    default: .other(goString)
    }
  }
}
