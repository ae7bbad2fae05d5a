package import GoTemplate
package import NetworkModel
import OrderedJSON

/// The output formats of `container ls`, which are those of `network ls`.
package struct ContainerListFormat: Sendable {
  private let format: ListFormat

  /// Parses the value of `--format`; empty means the default table. With `isQuiet`, the default
  /// formats print only identities. Throws when the template does not parse.
  package init(_ format: String, isQuiet: Bool) throws(TemplateError) {
    self.format = try ListFormat(
      format, isQuiet: isQuiet,
      table: #"{{.ID}}\t{{.Names}}\t{{.Runtime}}\t{{.State}}\t{{.Networks}}"#,
      raw:
        #"container_id: {{.ID}}\nnames: {{.Names}}\nruntime: {{.Runtime}}\n"#
        + #"state: {{.State}}\nnetworks: {{.Networks}}\n"#,
      rawIdentity: "container_id")
  }

  /// The output for `containers`, in their order. Throws when the template fails on one of them.
  package func text(
    of containers: [ContainerListing], truncatesIDs: Bool, isForTerminal: Bool
  ) throws(TemplateError) -> [UInt8] {
    try format.text(
      of: containers.map { container in
        ContainerRow(
          container: container, truncatesID: truncatesIDs,
          escapesControlCharacters: isForTerminal && format.isTable)
      }, header: ListHeader(columns: ContainerRow.columns))
  }

  /// The placeholders of templates, sorted by name.
  package static let placeholders = ContainerRow.columns.keys.sorted()
}

/// One container in `container ls`.
private struct ContainerRow: TextRow {
  let container: ContainerListing
  let truncatesID: Bool
  let escapesControlCharacters: Bool

  static let columns = [
    "ID": "CONTAINER ID", "Names": "NAMES", "Runtime": "RUNTIME", "State": "STATE",
    "Networks": "NETWORKS",
  ]

  var typeName: String { "*formatter.ContainerContext" }

  func text(of placeholder: String) -> String? {
    switch placeholder {
    case "ID": String((container.id ?? "").prefix(truncatesID ? 12 : .max))
    case "Names": container.name
    case "Runtime": container.runtime
    case "State": container.state
    case "Networks": container.networks.joined(separator: ",")
    default: nil
    }
  }
}
