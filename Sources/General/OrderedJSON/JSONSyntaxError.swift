/// Why bytes are not a JSON document; every case holds the offset of the byte in question.
public enum JSONSyntaxError: Error, Hashable, Sendable {
  /// The document ends too early.
  case unexpectedEnd(offset: Int)
  /// A byte stands where the grammar has no place for it.
  case unexpectedByte(UInt8, offset: Int)
  /// A number has a leading zero, or lacks digits.
  case malformedNumber(offset: Int)
  /// A backslash is followed by something else than an escape, or a surrogate has no partner.
  case malformedEscape(offset: Int)
  /// A control character stands unescaped in a text.
  case controlCharacter(UInt8, offset: Int)
  /// A text is not UTF-8.
  case invalidUTF8(offset: Int)
  /// An object has two members of the same name.
  case duplicateKey(String, offset: Int)
  /// Arrays and objects are nested deeper than 512 levels.
  case nestedTooDeeply(offset: Int)
  /// Something follows the document.
  case trailingBytes(offset: Int)

  /// The offset of the byte in question.
  public var offset: Int {
    switch self {
    case .unexpectedEnd(let offset), .unexpectedByte(_, let offset), .malformedNumber(let offset),
      .malformedEscape(let offset), .controlCharacter(_, let offset), .invalidUTF8(let offset),
      .duplicateKey(_, let offset), .nestedTooDeeply(let offset), .trailingBytes(let offset):
      offset
    }
  }
}
