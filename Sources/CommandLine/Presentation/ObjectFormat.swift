import GoTemplate

/// What `--format` makes of one object: its text, JSON, or a template's output.
struct ObjectFormat: Sendable {
  private let template: Template?

  /// Parses the value of `--format`; empty means the object's text. Throws when the template does
  /// not parse.
  init(_ format: String) throws(TemplateError) {
    switch format {
    case "": template = nil
    case "json": template = try Template(parsing: "{{json .}}", functions: .docker)
    default: template = try Template(parsing: format, functions: .docker)
    }
  }

  /// The output of the template; nil if the object's text is wanted. Throws when the template
  /// fails.
  func output(of value: Value) throws(TemplateError) -> [UInt8]? {
    guard let template else { return nil }
    var output: [UInt8] = []
    try template.execute(value, appendingTo: &output)
    return output + [UInt8(ascii: "\n")]
  }
}
