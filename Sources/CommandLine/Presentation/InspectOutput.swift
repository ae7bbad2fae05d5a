package import GoTemplate
package import NetworkModel
package import OrderedJSON

/// The output of `inspect`: an indented array, an array on one line, or one line per network.
package struct InspectOutput: Sendable {
  private enum Format: Sendable {
    case array(JSONLayout)
    case template(Template)
  }

  private let format: Format
  private var documents: [JSONValue] = []
  private var lines: [UInt8] = []
  private var options = Template.Options()

  /// Parses the value of `--format`. Throws when the template does not parse.
  package init(format: String) throws(TemplateError) {
    switch format {
    case "": self.format = .array(.inspect)
    case "json": self.format = .array(.compact)
    default: self.format = .template(try Template(parsing: format, functions: .docker))
    }
  }

  /// Adds a network. Throws when the template fails on it; nothing is added then.
  ///
  /// Docker executes a template on its typed struct; if that fails, on the document decoded into
  /// maps, and from then on a missing key is an error for the struct's maps too.
  package mutating func add(
    _ network: NetworkStatus, _ details: VerboseDetails? = nil
  ) throws(TemplateError) {
    switch format {
    case .array:
      documents.append(InspectDocument.json(network, details))
    case .template(let template):
      var line: [UInt8]
      do throws(TemplateError) {
        line = try run(template, InspectGoValue.value(network, details))
      } catch {
        options.missingKeyIsError = true
        line = try run(template, .interface(Value(decoded: InspectDocument.json(network, details))))
      }
      lines += line + [newline]
    }
  }

  /// Adds a document of another object, whose members that are null are these values in a template.
  /// Throws when the template fails on it; nothing is added then.
  package mutating func add(
    _ document: JSONValue, nilMembers: [String: Value] = [:]
  ) throws(TemplateError) {
    switch format {
    case .array: documents.append(document)
    case .template(let template):
      // Docker executes it on a struct, whose missing fields are an error, too.
      options.missingKeyIsError = true
      let value = Value(decoded: document, nilMembers: nilMembers)
      lines += try run(template, .interface(value)) + [newline]
    }
  }

  /// The whole output. Without networks it is an empty array or an empty line.
  package var bytes: [UInt8] {
    switch format {
    case .array where documents.isEmpty: Array("[]\n".utf8)
    case .array(let layout): JSONValue.array(documents).bytes(layout) + [newline]
    case .template: lines.isEmpty ? [newline] : lines
    }
  }

  /// The placeholders of templates, in document order; nested ones are prefixed with their parent.
  package static let placeholders = [
    "Name", "ID", "Created", "Scope", "Driver", "EnableIPv4", "EnableIPv6", "IPAM", "IPAM.Driver",
    "IPAM.Options", "IPAM.Config", "Internal", "Attachable", "Ingress", "ConfigFrom",
    "ConfigFrom.Network", "ConfigOnly", "Options", "Labels", "Containers", "Status",
    "Status.IPAM", "Status.IPAM.Subnets",
  ]

  private var newline: UInt8 { UInt8(ascii: "\n") }

  private func run(_ template: Template, _ value: Value) throws(TemplateError) -> [UInt8] {
    var line: [UInt8] = []
    try template.execute(value, options: options, appendingTo: &line)
    return line
  }
}
