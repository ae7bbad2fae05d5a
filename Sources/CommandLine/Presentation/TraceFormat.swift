package import GoTemplate
import OrderedJSON

/// The output formats of `trace`: lines, JSON, or a template.
package struct TraceFormat: Sendable {
  private let template: Template?

  /// Parses the value of `--format`; empty means lines. Throws when the template does not parse.
  package init(_ format: String) throws(TemplateError) {
    switch format {
    case "": template = nil
    case "json": template = try Template(parsing: "{{json .}}", functions: .docker)
    default: template = try Template(parsing: format, functions: .docker)
    }
  }

  /// The output of the template; nil if lines are wanted. Throws when the template fails.
  package func text(of report: TraceReport) throws(TemplateError) -> [UInt8]? {
    guard let template else { return nil }
    var output: [UInt8] = []
    try template.execute(report.value, appendingTo: &output)
    return output + [UInt8(ascii: "\n")]
  }

  /// The placeholders of templates.
  package static let placeholders = [
    "Status", "ExitStatus", "Certainty", "Place", "Direction", "Message", "Remedy", "Probe", "Hops",
    "Answer", "Seconds", "Temporary",
  ]
}
