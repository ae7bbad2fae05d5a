import GoTemplate
import PFlag

extension CommandContext {
  /// Parses a template; nil if it is invalid, which is reported.
  func parsed<Format>(_ parse: () throws(TemplateError) -> Format) -> Format? {
    do throws(TemplateError) {
      return try parse()
    } catch {
      printError(Diagnostics.text(error))
      return nil
    }
  }

  /// Prints what a template makes and returns the exit status; reports an error of the template.
  func show(_ text: () throws(TemplateError) -> [UInt8]) -> Int32 {
    guard let text = parsed(text) else { return ExitStatus.failure }
    output.write(text)
    return ExitStatus.success
  }
}
