import Addressing
import GoTemplate
import NetworkModel
import OrderedJSON

/// One network in `ls`, with Docker's placeholders and those that netctl adds.
struct NetworkRow: TemplateObject {
  let network: Network
  let truncatesID: Bool
  /// Whether it is part of a table on a terminal, which user-defined strings must not break.
  var escapesControlCharacters = false
  let containerCount: @Sendable (Network) -> Int
  /// The name of the network's bridge; nil for a network without one.
  let bridgeName: @Sendable (Network) -> String?

  var typeName: String { "*network.networkContext" }

  func member(named name: String) -> ObjectMember? {
    switch name {
    case "Header", "FullHeader": return .field(.noValue)
    case "Label": return .method(label)
    case "Containers":
      return .accessor(.string(String(containerCount(network))))
    default:
      return text(of: name).map {
        .accessor(.string(escapesControlCharacters ? TerminalText.escaped($0) : $0))
      }
    }
  }

  // Docker encodes the placeholders itself, with Go's HTML escapes.
  var jsonForm: JSONForm {
    let members = Self.dockerPlaceholders.map { ($0, JSONValue.string(text(of: $0) ?? "")) }
    return .text(GoString(bytes: JSONValue.object(JSONObject(members)).bytes(escapingHTML: true)))
  }

  private static let dockerPlaceholders = [
    "CreatedAt", "Driver", "ID", "IPv4", "IPv6", "Internal", "Labels", "Name", "Scope",
  ]

  private func text(of placeholder: String) -> String? {
    switch placeholder {
    case "CreatedAt": TimeText.goString(network.created)
    case "Driver": network.driver.rawValue
    case "ID": truncatesID ? network.id.short : network.id.description
    case "IPv4": String(network.families.contains(.ipv4))
    case "IPv6": String(network.families.contains(.ipv6))
    case "Internal": String(network.isInternal)
    case "Labels": labels
    case "Name": network.name
    case "Scope": network.scope
    case "BridgeName": bridgeName(network) ?? ""
    case "Gateways": network.subnets.compactMap { $0.gateway?.description }.joined(separator: ",")
    case "Subnets": network.subnets.map(\.subnet.description).joined(separator: ",")
    default: nil
    }
  }

  private var labels: String {
    network.labels.map { "\($0.key)=\($0.value)" }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      .joined(separator: ",")
  }

  private var label: Function {
    let labels = network.labels
    return Function(parameters: [.string]) { arguments in
      guard case .string(let key) = arguments[0] else { return .string("") }
      return .string(labels[key.description] ?? "")
    }
  }
}

/// The header of a table: the same placeholders, with column names.
struct NetworkHeader: TemplateObject {
  var typeName: String { "formatter.SubHeaderContext" }

  func member(named name: String) -> ObjectMember? {
    if name == "Label" { return .method(label) }
    return .field(Self.columns[name].map { .string($0) } ?? .noValue)
  }

  static let columns = [
    "ID": "NETWORK ID", "Name": "NAME", "Driver": "DRIVER", "Scope": "SCOPE", "IPv4": "IPV4",
    "IPv6": "IPV6", "Internal": "INTERNAL", "Labels": "LABELS", "CreatedAt": "CREATED AT",
    "Subnets": "SUBNETS", "Gateways": "GATEWAYS", "Containers": "CONTAINERS",
    "BridgeName": "BRIDGE NAME",
  ]

  // The last component of a dotted key names the column.
  private var label: Function {
    Function(parameters: [.string]) { arguments in
      guard case .string(let key) = arguments[0] else { return .string("") }
      let last = key.description.split(separator: ".", omittingEmptySubsequences: false).last ?? ""
      return .string(String(last.map { $0 == "-" || $0 == "_" ? " " : $0 }))
    }
  }
}
