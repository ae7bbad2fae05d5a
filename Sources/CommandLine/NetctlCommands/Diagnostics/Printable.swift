import Presentation

/// Texts of users in messages.
enum Printable {
  /// The text, control characters escaped.
  static func text(_ text: String) -> String { VisibleText.of(text) }

  /// The text in double quotes, as Go's `%q`.
  static func quoted(_ text: String) -> String {
    let inner = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\" + String(scalar)
      default: VisibleText.escape(ofHidden: scalar) ?? String(scalar)
      }
    }
    return "\"" + inner.joined() + "\""
  }
}
