/// Strings and characters quoted like Go's `%q`.
enum GoQuoting {
  /// The text in double quotes.
  static func string(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      append(scalar, to: &quoted, delimiter: "\"")
    }
    return quoted + "\""
  }

  /// The text without quotes; only characters that could control a terminal or break a line are
  /// escaped.
  static func visible(_ text: String) -> String {
    var visible = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control where scalar == "\t": visible += "\t"
      case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned:
        append(scalar, to: &visible, delimiter: "\"")
      default: visible.unicodeScalars.append(scalar)
      }
    }
    return visible
  }

  /// The character in single quotes.
  static func character(_ scalar: Unicode.Scalar) -> String {
    var quoted = "'"
    append(scalar, to: &quoted, delimiter: "'")
    return quoted + "'"
  }

  private static func append(
    _ scalar: Unicode.Scalar, to text: inout String, delimiter: Unicode.Scalar
  ) {
    switch scalar {
    case delimiter, "\\":
      text += "\\"
      text.unicodeScalars.append(scalar)
    case _ where isPrintable(scalar):
      text.unicodeScalars.append(scalar)
    case "\u{7}": text += "\\a"
    case "\u{8}": text += "\\b"
    case "\u{9}": text += "\\t"
    case "\u{A}": text += "\\n"
    case "\u{B}": text += "\\v"
    case "\u{C}": text += "\\f"
    case "\u{D}": text += "\\r"
    default:
      text += escape(scalar.value)
    }
  }

  private static func escape(_ value: UInt32) -> String {
    if value < 0x80 { return "\\x" + hexadecimal(value, digits: 2) }
    if value < 0x10000 { return "\\u" + hexadecimal(value, digits: 4) }
    return "\\U" + hexadecimal(value, digits: 8)
  }

  private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value >= 0x20 && scalar.value < 0x7F }
    switch scalar.properties.generalCategory {
    case .spaceSeparator, .lineSeparator, .paragraphSeparator: return false
    case .control, .format, .surrogate, .privateUse, .unassigned: return false
    default: return true
    }
  }
}
