import KernelModel
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

  /// The text as one word of a command that is typed into a shell.
  static func word(_ text: String) -> String {
    if !text.isEmpty, text.unicodeScalars.allSatisfy(isPlain) { return text }
    if self.text(text) == text { return "'" + text.replacing("'", with: "'\\''") + "'" }
    let inner = text.unicodeScalars.map { scalar in
      switch scalar {
      case "'", "\\": "\\" + String(scalar)
      default: VisibleText.escape(ofHidden: scalar) ?? String(scalar)
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
}

// The kernel lets a link be called anything, and somebody may have done so.
extension DefaultStringInterpolation {
  /// Names in messages show control characters escaped.
  mutating func appendInterpolation(_ name: InterfaceName) {
    appendInterpolation(Printable.text(name.description))
  }
}
