import Addressing
package import GoTemplate
package import NetworkModel
import OrderedJSON

/// The output formats of `leases`, which are those of `ls`.
package struct LeaseListFormat: Sendable {
  private let format: ListFormat

  /// Parses the value of `--format`; empty means the default table. Throws when the template does
  /// not parse.
  package init(_ format: String) throws(TemplateError) {
    self.format = try ListFormat(
      format, isQuiet: false,
      table:
        #"{{.Network}}\t{{.Address}}\t{{.MAC}}\t{{.Container}}\t{{.Since}}\t{{.Free}}"#,
      raw:
        #"network: {{.Network}}\naddress: {{.Address}}\nmac: {{.MAC}}\n"#
        + #"container: {{.Container}}\nsince: {{.Since}}\nfree: {{.Free}}\n"#,
      rawIdentity: "address")
  }

  /// The output for `leases`, in their order. Throws when the template fails on one of them.
  package func text(
    of leases: [AddressLease], isForTerminal: Bool
  ) throws(TemplateError) -> [UInt8] {
    try format.text(
      of: leases.map { lease in
        LeaseRow(lease: lease, escapesControlCharacters: isForTerminal && format.isTable)
      }, header: ListHeader(columns: LeaseRow.columns))
  }

  /// The placeholders of templates, sorted by name.
  package static let placeholders = LeaseRow.columns.keys.sorted()
}

/// One address in `leases`.
private struct LeaseRow: TextRow {
  let lease: AddressLease
  let escapesControlCharacters: Bool

  static let columns = [
    "Network": "NETWORK", "NetworkID": "NETWORK ID", "Address": "ADDRESS", "MAC": "MAC ADDRESS",
    "Container": "CONTAINER", "ContainerID": "CONTAINER ID", "Kind": "KIND", "Since": "SINCE",
    "Free": "FREE",
  ]

  var typeName: String { "*formatter.LeaseContext" }

  private var endpoint: Endpoint? {
    if case .endpoint(let endpoint) = lease.holder { endpoint } else { nil }
  }

  func text(of placeholder: String) -> String? {
    switch placeholder {
    case "Network": lease.network.name
    case "NetworkID": lease.network.id.description
    case "Address": lease.address.description
    case "MAC": endpoint?.interface?.mac?.description ?? ""
    case "Container": container
    case "ContainerID": endpoint?.container.id.description ?? ""
    case "Kind": kind
    case "Since": endpoint?.connected.map(TimeText.secondsString) ?? ""
    case "Free": String(lease.available)
    default: nil
    }
  }

  private var container: String {
    switch lease.holder {
    case .gateway: "(gateway)"
    case .auxiliary(let name): "(\(name))"
    case .endpoint(let endpoint): endpoint.container.name
    }
  }

  private var kind: String {
    switch lease.holder {
    case .gateway: "gateway"
    case .auxiliary: "auxiliary"
    case .endpoint: "container"
    }
  }
}
