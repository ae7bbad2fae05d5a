public import GoTemplate
public import NetworkModel
import OrderedJSON

/// How `inspect` prints networks: indented JSON, JSON on one line, or a template for each.
public enum InspectFormat: Sendable {
  /// An indented array.
  case indented
  /// An array on one line.
  case compact
  /// One line for each network.
  case template(Template)

  /// Reads the value of `--format`. Throws when the template does not parse.
  public init(_ format: String) throws(TemplateError) {
    switch format {
    case "": self = .indented
    case "json": self = .compact
    default: self = .template(try Template(parsing: format, functions: .docker))
    }
  }

  /// The output for `networks`, and the errors of those on which a template failed.
  public func text(of networks: [NetworkStatus]) -> (output: [UInt8], errors: [TemplateError]) {
    let newline = UInt8(ascii: "\n")
    switch self {
    case .indented: return (document(networks, .inspect) + [newline], [])
    case .compact where networks.isEmpty: return (Array("[]\n".utf8), [])
    case .compact: return (document(networks, .compact) + [newline], [])
    case .template(let template): return execute(template, on: networks)
    }
  }

  private func document(_ networks: [NetworkStatus], _ layout: JSONLayout) -> [UInt8] {
    JSONValue.array(networks.map(InspectDocument.json)).bytes(layout)
  }

  // Docker executes a template on its typed struct; where that fails, on the document decoded into
  // maps, and from then on a missing key is an error for the struct's maps too.
  private func execute(
    _ template: Template, on networks: [NetworkStatus]
  ) -> (output: [UInt8], errors: [TemplateError]) {
    var output: [UInt8] = []
    var errors: [TemplateError] = []
    var options = Template.Options()
    for network in networks {
      let line: [UInt8]
      do throws(TemplateError) {
        line = try run(template, NetworkRecord.value(network), options)
      } catch {
        options.missingKeyIsError = true
        do throws(TemplateError) {
          let document = Value(decoded: InspectDocument.json(network))
          line = try run(template, .interface(document), options)
        } catch {
          errors.append(error)
          continue
        }
      }
      output += line + [UInt8(ascii: "\n")]
    }
    return (output.isEmpty ? [UInt8(ascii: "\n")] : output, errors)
  }

  private func run(
    _ template: Template, _ value: Value, _ options: Template.Options
  ) throws(TemplateError) -> [UInt8] {
    var line: [UInt8] = []
    try template.execute(value, options: options, appendingTo: &line)
    return line
  }
}
