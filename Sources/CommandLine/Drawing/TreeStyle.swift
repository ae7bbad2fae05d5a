/// The capabilities of the terminal or file that a tree is written to.
package struct TreeStyle: Hashable, Sendable {
  /// Whether escape sequences for colours are supported.
  package let hasColor: Bool
  /// Whether non-ASCII characters are supported.
  package let hasUnicode: Bool
  /// Columns of the terminal; nil for unlimited lines.
  package let width: Int?

  package init(hasColor: Bool, hasUnicode: Bool, width: Int?) {
    self.hasColor = hasColor
    self.hasUnicode = hasUnicode
    self.width = width
  }
}

/// A part of a line with its look.
struct StyledText {
  /// Looks, by SGR codes.
  enum Look {
    case plain, strong, faint, good, caution
    /// A container on several networks.
    case mark(Int)

    // Colours that are readable on light and dark backgrounds.
    private static let marks = ["36", "35", "34", "33", "32", "31"]

    fileprivate var code: String? {
      switch self {
      case .plain: nil
      case .strong: "1"
      case .faint: "2"
      case .good: "32"
      case .caution: "33"
      case .mark(let number): Self.marks[number % Self.marks.count]
      }
    }
  }

  let text: String
  let look: Look

  init(_ text: String, _ look: Look = .plain) {
    self.text = text
    self.look = look
  }

  func written(hasColor: Bool) -> String {
    guard hasColor, !text.isEmpty, let code = look.code else { return text }
    return "\u{1b}[\(code)m\(text)\u{1b}[0m"
  }
}
