import GoTemplate
import Testing

/// A template and what Docker prints for it; messages stand without `template: `.
struct Row: CustomTestStringConvertible, Sendable {
  enum Expectation: Equatable {
    case gives(String)
    case fails(String)
  }

  let name: String
  let template: String
  let expected: Expectation

  init(_ name: String, _ template: String, gives output: String) {
    (self.name, self.template, expected) = (name, template, .gives(output))
  }

  init(_ name: String, _ template: String, fails message: String) {
    (self.name, self.template, expected) = (name, template, .fails(message))
  }

  var testDescription: String { name }

  /// Executes the template on `value` and compares.
  func check(
    on value: Value = .noValue, options: Template.Options = .init(),
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let result: Expectation
    do throws(TemplateError) {
      let template = try Template(parsing: template, functions: .docker)
      result = .gives(try template.execute(value, options: options))
    } catch {
      #expect(error.message.hasPrefix("template: "), sourceLocation: sourceLocation)
      result = .fails(String(error.message.dropFirst("template: ".count)))
    }
    #expect(result == expected, sourceLocation: sourceLocation)
  }
}
