/// Why bytes are not a JSON document; every case has the offset of the offending byte.
public enum JSONSyntaxError: Error, Hashable, Sendable {
  /// The document ends prematurely.
  case unexpectedEnd(offset: Int)
  /// A byte is not allowed here.
  case unexpectedByte(UInt8, offset: Int)
  /// A number has a leading zero, or lacks digits.
  case malformedNumber(offset: Int)
  /// A backslash is not followed by a valid escape, or a surrogate has no partner.
  case malformedEscape(offset: Int)
  /// An unescaped control character in a string.
  case controlCharacter(UInt8, offset: Int)
  /// A string is not UTF-8.
  case invalidUTF8(offset: Int)
  /// An object has two members of the same name.
  case duplicateKey(String, offset: Int)
  /// Arrays and objects are nested deeper than 512 levels.
  case nestedTooDeeply(offset: Int)
  /// Something follows the document.
  case trailingBytes(offset: Int)

  /// The offset of the offending byte.
  public var offset: Int {
    switch self {
    case .unexpectedEnd(let offset), .unexpectedByte(_, let offset), .malformedNumber(let offset),
      .malformedEscape(let offset), .controlCharacter(_, let offset), .invalidUTF8(let offset),
      .duplicateKey(_, let offset), .nestedTooDeeply(let offset), .trailingBytes(let offset):
      offset
    }
  }
}
