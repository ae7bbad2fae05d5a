/// A parsed template of Go's text/template language.
package struct Template: Sendable {
  /// How a template is executed.
  package struct Options: Sendable {
    /// Whether a missing map key is an error (Go's `missingkey=error`) instead of no value.
    package var missingKeyIsError: Bool

    /// Go's defaults, unless said otherwise.
    package init(missingKeyIsError: Bool = false) {
      self.missingKeyIsError = missingKeyIsError
    }
  }

  /// The name, which messages start with; Docker's templates have an empty one.
  package let name: String
  let text: [UInt8]
  private let root: ListNode
  let trees: [TemplateTree]

  /// Parses `text`, which may call `functions` and Go's own.
  ///
  /// Throws `TemplateError.syntax`. Actions and parentheses may be nested 100 deep.
  package init(
    parsing text: String, name: String = "", functions: FunctionTable = [:]
  ) throws(TemplateError) {
    self.name = name
    self.text = Array(text.utf8)
    var parser = Parser(text, name: name, functions: functions)
    do {
      root = try parser.parse()
    } catch {
      throw .syntax(SyntaxError(template: name, line: parser.line, problem: error))
    }
    trees = parser.trees
  }

  /// The result of executing the template on `value`; invalid UTF-8 becomes U+FFFD.
  ///
  /// Throws `TemplateError.execution`.
  package func execute(
    _ value: Value, options: Options = Options()
  ) throws(TemplateError) -> String {
    var output: [UInt8] = []
    try execute(value, options: options, appendingTo: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// Appends the result of executing the template on `value` to `output`.
  ///
  /// If it throws `TemplateError.execution`, what was written before the error is kept. As in Go,
  /// neither the time nor the output of a looping template is limited.
  package func execute(
    _ value: Value, options: Options = Options(), appendingTo output: inout [UInt8]
  ) throws(TemplateError) {
    var evaluator = Evaluator(self, root: root, value: value, options: options)
    swap(&evaluator.output, &output)
    defer { swap(&evaluator.output, &output) }
    _ = try evaluator.walk(root, dot: value)
  }

  /// The position of a node: a line from 1 and a column in bytes from 0.
  func location(of node: any Node) -> (line: Int, column: Int) {
    let before = text[..<min(node.position, text.count)]
    let newline = UInt8(ascii: "\n")
    let lineStart = before.lastIndex(of: newline).map { $0 + 1 } ?? 0
    return (before.count { $0 == newline } + 1, before.count - lineStart)
  }
}
