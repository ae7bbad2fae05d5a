/// Texts of users in messages: what could command a terminal or break a line is written as Go's
/// `%q` writes it.
enum Printable {
  /// The text, control characters escaped.
  static func text(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    return text.unicodeScalars.map { isControl($0) ? escape($0) : String($0) }.joined()
  }

  /// The text in double quotes, as Go's `%q`.
  static func quoted(_ text: String) -> String {
    let inner = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\" + String(scalar)
      default: isControl(scalar) ? escape(scalar) : String(scalar)
      }
    }
    return "\"" + inner.joined() + "\""
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
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
