package import GoTemplate
package import NetworkModel

/// The output formats of `ls`: a table, a table with custom columns, JSON lines, `raw` or any
/// template.
package struct NetworkListFormat: Sendable {
  private let format: ListFormat

  /// Parses the value of `--format`; empty means the default table. With `isQuiet`, the default
  /// formats print only identities, like `--quiet`. Throws when the template does not parse.
  package init(_ format: String, isQuiet: Bool) throws(TemplateError) {
    self.format = try ListFormat(
      format, isQuiet: isQuiet, table: #"{{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}"#,
      raw: #"network_id: {{.ID}}\nname: {{.Name}}\ndriver: {{.Driver}}\nscope: {{.Scope}}\n"#,
      rawIdentity: "network_id")
  }

  /// The output for `networks`, in their order; control characters in a table for a terminal are
  /// escaped. Throws when the template fails on one of them.
  package func text(
    of networks: [Network], truncatesIDs: Bool, isForTerminal: Bool = false,
    containerCount: @escaping @Sendable (Network) -> Int,
    bridgeName: @escaping @Sendable (Network) -> String?
  ) throws(TemplateError) -> [UInt8] {
    try format.text(
      of: networks.lazy.map { network in
        NetworkRow(
          network: network, truncatesID: truncatesIDs,
          escapesControlCharacters: isForTerminal && format.isTable,
          containerCount: containerCount, bridgeName: bridgeName)
      }, header: ListHeader(columns: NetworkRow.columns))
  }

  /// The placeholders of templates, sorted by name.
  package static let placeholders = NetworkRow.columns.keys.sorted()
}
