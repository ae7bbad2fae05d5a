package import GoTemplate
package import NetworkModel

/// The output formats of `ls`: a table, a table with custom columns, JSON lines, `raw` or any
/// template.
package struct NetworkListFormat: Sendable {
  private let template: Template
  private let header: Template?

  /// Parses the value of `--format`; empty means the default table. With `isQuiet`, the default
  /// formats print only identities, like `--quiet`. Throws when the template does not parse.
  package init(_ format: String, isQuiet: Bool) throws(TemplateError) {
    let text = Self.template(format, isQuiet: isQuiet)
    let isTable = text.hasPrefix(Self.tableKeyword)
    let body = Self.unescaped(isTable ? text.dropFirst(Self.tableKeyword.count) : text[...])
    template = try Template(parsing: body, functions: .docker)
    header = isTable ? try Template(parsing: body, functions: .dockerHeader) : nil
  }

  /// The output for `networks`, in their order; control characters in a table for a terminal are
  /// escaped. Throws when the template fails on one of them.
  package func text(
    of networks: [Network], truncatesIDs: Bool, isForTerminal: Bool = false,
    containerCount: @escaping @Sendable (Network) -> Int,
    bridgeName: @escaping @Sendable (Network) -> String?
  ) throws(TemplateError) -> [UInt8] {
    var rows: [UInt8] = []
    for network in networks {
      let row = NetworkRow(
        network: network, truncatesID: truncatesIDs,
        escapesControlCharacters: isForTerminal && header != nil,
        containerCount: containerCount, bridgeName: bridgeName)
      try template.execute(.object(row), appendingTo: &rows)
      rows.append(UInt8(ascii: "\n"))
    }
    guard let header else { return rows }
    var table: [UInt8] = []
    // Expressions that fail on column names are omitted from the header.
    try? header.execute(.object(NetworkHeader()), appendingTo: &table)
    table.append(UInt8(ascii: "\n"))
    return TabularText.aligned(table + rows)
  }

  /// The placeholders of templates, sorted by name.
  package static let placeholders = NetworkHeader.columns.keys.sorted()

  private static let tableKeyword = "table"
  private static let identity = "{{.ID}}"

  private static func template(_ format: String, isQuiet: Bool) -> String {
    switch format {
    case "", tableKeyword:
      isQuiet ? identity : #"table {{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}"#
    case "raw":
      isQuiet
        ? "network_id: \(identity)"
        : #"network_id: {{.ID}}\nname: {{.Name}}\ndriver: {{.Driver}}\nscope: {{.Scope}}\n"#
    case "json": "{{json .}}"
    default: format
    }
  }

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
