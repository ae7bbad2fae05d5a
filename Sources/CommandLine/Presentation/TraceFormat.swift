package import GoTemplate
import OrderedJSON

/// The output formats of `trace`: lines, JSON, or a template.
package struct TraceFormat: Sendable {
  private let format: ObjectFormat

  /// Parses the value of `--format`; empty means lines. Throws when the template does not parse.
  package init(_ format: String) throws(TemplateError) {
    self.format = try ObjectFormat(format)
  }

  /// The output of the template; nil if lines are wanted. Throws when the template fails.
  package func text(of report: TraceReport) throws(TemplateError) -> [UInt8]? {
    try format.output(of: report.value)
  }

  /// The placeholders of templates.
  package static let placeholders = [
    "Status", "ExitStatus", "Certainty", "Place", "Direction", "Message", "Remedy", "Probe", "Hops",
    "Answer", "Seconds", "Temporary",
  ]
}
