/// User-defined strings for display: characters that could control a terminal or break a line are
/// escaped like Go's `%q`.
package enum TerminalText {
  /// The string with control characters escaped.
  package static func escaped(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) { return text }
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    return text.unicodeScalars.map { isHidden($0) ? escape($0) : String($0) }.joined()
  }

  /// The text in double quotes, as Go's `%q`.
  package static func quoted(_ text: String) -> String {
    let inner = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\" + String(scalar)
      default: isHidden(scalar) ? escape(scalar) : String(scalar)
      }
    }
    return "\"" + inner.joined() + "\""
  }

  /// The text as a shell word, quoted only if necessary.
  package static func shellWord(_ text: String) -> String {
    !text.isEmpty && text.unicodeScalars.allSatisfy(isPlain) ? text : shellQuoted(text)
  }

  /// An interface name in a rule of nft(8), where an asterisk at the end would match every name that
  /// begins so.
  package static func ruleQuoted(_ name: String) -> String {
    "\"" + (name.hasSuffix("*") ? name.dropLast() + "\\*" : name) + "\""
  }

  /// The text as a quoted shell word.
  package static func shellQuoted(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else {
      let parts = text.split(separator: "'", omittingEmptySubsequences: false)
      return "'" + parts.joined(separator: "'\\''") + "'"
    }
    let inner = text.unicodeScalars.map { scalar in
      switch scalar {
      case "'", "\\": "\\" + String(scalar)
      default: isHidden(scalar) ? escape(scalar) : String(scalar)
      }
    }
    return "$'" + inner.joined() + "'"
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".", ",", ":", "/", "@", "+", "=": true
    default: false
    }
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
