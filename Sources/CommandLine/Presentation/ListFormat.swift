import GoTemplate

/// An output format of a list: a table, a table with custom columns, JSON lines, `raw` or any
/// template.
struct ListFormat: Sendable {
  private let template: Template
  private let headerTemplate: Template?

  /// Parses the value of `--format`; empty means the table with these columns. With `isQuiet`, the
  /// default formats print only identities. Throws when the template does not parse.
  init(
    _ format: String, isQuiet: Bool, table: String, raw: String, rawIdentity: String
  ) throws(TemplateError) {
    let text =
      switch format {
      case "", Self.tableKeyword: isQuiet ? Self.identity : "\(Self.tableKeyword) \(table)"
      case "raw": isQuiet ? "\(rawIdentity): \(Self.identity)" : raw
      case "json": "{{json .}}"
      default: format
      }
    let isTable = text.hasPrefix(Self.tableKeyword)
    let body = Self.unescaped(isTable ? text.dropFirst(Self.tableKeyword.count) : text[...])
    template = try Template(parsing: body, functions: .docker)
    headerTemplate = isTable ? try Template(parsing: body, functions: .dockerHeader) : nil
  }

  var isTable: Bool { headerTemplate != nil }

  /// The output for rows. Throws when the template fails on one of them.
  func text(
    of rows: some Sequence<some TemplateObject>, header: some TemplateObject
  ) throws(TemplateError) -> [UInt8] {
    var lines: [UInt8] = []
    for row in rows {
      try template.execute(.object(row), appendingTo: &lines)
      lines.append(UInt8(ascii: "\n"))
    }
    guard let headerTemplate else { return lines }
    var table: [UInt8] = []
    // Expressions that fail on column names are omitted from the header.
    try? headerTemplate.execute(.object(header), appendingTo: &table)
    table.append(UInt8(ascii: "\n"))
    return TabularText.aligned(table + lines)
  }

  private static let tableKeyword = "table"
  private static let identity = "{{.ID}}"

  // `\t` and `\n` may be typed as two characters each.
  private static func unescaped(_ text: Substring) -> String {
    var trimmed = text
    while trimmed.first == " " { trimmed.removeFirst() }
    while trimmed.last == " " { trimmed.removeLast() }
    var output = ""
    var rest = trimmed
    while let character = rest.popFirst() {
      switch (character, rest.first) {
      case ("\\", "t"): output.append("\t")
      case ("\\", "n"): output.append("\n")
      default:
        output.append(character)
        continue
      }
      rest.removeFirst()
    }
    return output
  }
}

/// The header of a table: the placeholders, with column names.
struct ListHeader: TemplateObject {
  let columns: [String: String]

  var typeName: String { "formatter.SubHeaderContext" }

  func member(named name: String) -> ObjectMember? {
    if name == "Label" { return .method(label) }
    return .field(columns[name].map { .string($0) } ?? .noValue)
  }

  // The last component of a dotted key names the column.
  private var label: Function {
    Function(parameters: [.string]) { arguments in
      guard case .string(let key) = arguments[0] else { return .string("") }
      let last = key.description.split(separator: ".", omittingEmptySubsequences: false).last ?? ""
      return .string(String(last.map { $0 == "-" || $0 == "_" ? " " : $0 }))
    }
  }
}
