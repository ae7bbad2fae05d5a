import GoTemplate
import OrderedJSON

/// One line of a list whose placeholders all stand for text.
protocol TextRow: TemplateObject {
  /// The placeholders, with the names of their columns.
  static var columns: [String: String] { get }
  /// Whether what a terminal would interpret is escaped.
  var escapesControlCharacters: Bool { get }
  /// What a placeholder stands for; nil for an unknown one.
  func text(of placeholder: String) -> String?
}

extension TextRow {
  func member(named name: String) -> ObjectMember? {
    text(of: name).map {
      .accessor(.string(escapesControlCharacters ? TerminalText.escaped($0) : $0))
    }
  }

  var jsonForm: JSONForm {
    let members = Self.columns.keys.sorted().map { ($0, JSONValue.string(text(of: $0) ?? "")) }
    return .text(GoString(bytes: JSONValue.object(JSONObject(members)).bytes(escapingHTML: true)))
  }
}
