/// Texts of users where they are shown: what could command a terminal or break a line is written as
/// Go's `%q` writes it.
public enum VisibleText {
  /// The text, control characters escaped.
  public static func of(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) { return text }
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    return text.unicodeScalars.map { isHidden($0) ? escape($0) : String($0) }.joined()
  }

  /// The escape sequence of a character that cannot be shown; nil for one that can.
  public static func escape(ofHidden scalar: Unicode.Scalar) -> String? {
    isHidden(scalar) ? escape(scalar) : nil
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    if (0x20..<0x7f).contains(scalar.value) { return false }
    return switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned: true
    default: false
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    default:
      let digits = String(scalar.value, radix: 16)
      return scalar.value < 0x80
        ? "\\x" + padded(digits, 2)
        : scalar.value <= 0xffff
          ? "\\u" + padded(digits, 4) : "\\U" + padded(digits, 8)
    }
  }

  private static func padded(_ digits: String, _ width: Int) -> String {
    String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
