package import Configuration
package import GoTemplate
import OrderedJSON

/// The output formats of `system config`, which are those of `network ls`.
package struct ConfigurationFormat: Sendable {
  private let format: ListFormat

  /// Parses the value of `--format`; empty means the default table. Throws when the template does
  /// not parse.
  package init(_ format: String) throws(TemplateError) {
    self.format = try ListFormat(
      format, isQuiet: false, table: #"{{.Key}}\t{{.Source}}\t{{.Value}}"#,
      raw: #"key: {{.Key}}\nvalue: {{.Value}}\nsource: {{.Source}}\n"#, rawIdentity: "key")
  }

  /// The output for the keys of the file at `path`. Throws when the template fails on one of them.
  package func text(
    of entries: [ConfigurationEntry], path: String, isForTerminal: Bool
  ) throws(TemplateError) -> [UInt8] {
    try format.text(
      of: entries.map { entry in
        ConfigurationRow(
          entry: entry, path: path, escapesControlCharacters: isForTerminal && format.isTable)
      }, header: ListHeader(columns: ConfigurationRow.columns))
  }

  /// The placeholders of templates, sorted by name.
  package static let placeholders = ConfigurationRow.columns.keys.sorted()
}

/// One key in `system config`.
private struct ConfigurationRow: TextRow {
  let entry: ConfigurationEntry
  let path: String
  let escapesControlCharacters: Bool

  static let columns = ["Key": "KEY", "Value": "VALUE", "Source": "SOURCE"]

  var typeName: String { "*formatter.ConfigurationContext" }

  func text(of placeholder: String) -> String? {
    switch placeholder {
    case "Key": entry.key
    case "Value":
      switch entry.value {
      case .null: ""
      case .string(let text): text
      default: entry.value.text()
      }
    case "Source":
      switch entry.origin {
      case .default: "default"
      case .automatic: "automatic"
      case .line(let line): "\(path):\(line)"
      }
    default: nil
    }
  }
}
