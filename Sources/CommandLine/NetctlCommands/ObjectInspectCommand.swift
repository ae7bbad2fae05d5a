import GoTemplate
import NetworkService
import OrderedJSON
import PFlag
import Presentation

/// `netctl container inspect`, and `netctl inspect`, which takes a network where no container has
/// the name.
struct ObjectInspectCommand {
  private let context: CommandContext
  private let takesNetworks: Bool

  init(_ context: CommandContext, takesNetworks: Bool) {
    self.context = context
    self.takesNetworks = takesNetworks
  }

  /// Prints the objects that were found, then the errors for the others, in the order of the
  /// arguments.
  func run(_ flags: ParsedFlags, _ arguments: [String]) -> Int32 {
    let parsed = context.parsed { () throws(TemplateError) in
      try InspectOutput(format: flags[ObjectInspectOptions.format])
    }
    guard var output = parsed else { return ExitStatus.unusableTemplate }
    let problems = arguments.compactMap { problem(with: $0.trimmingWhitespace(), &output) }
    context.output.write(output.bytes)
    problems.forEach(context.printError)
    return problems.isEmpty ? ExitStatus.success : ExitStatus.failure
  }

  private func problem(with reference: String, _ output: inout InspectOutput) -> String? {
    if reference.isEmpty { return "invalid container name or ID: value is empty" }
    do throws(ServiceError) {
      let service = context.service()
      do throws(ServiceError) {
        return add(ContainerDocument.json(try service.inspectContainer(reference)), &output)
      } catch {
        guard takesNetworks, case .noSuchContainer = error else { throw error }
        let status = try service.inspect(reference)
        do throws(TemplateError) {
          try output.add(status)
          return nil
        } catch {
          return Diagnostics.text(error)
        }
      }
    } catch {
      if takesNetworks, case .networkNotFound = error {
        return "Error: No such object: \(TerminalText.escaped(reference))"
      }
      return context.text(of: error)
    }
  }

  private func add(_ document: JSONValue, _ output: inout InspectOutput) -> String? {
    do throws(TemplateError) {
      try output.add(document)
      return nil
    } catch {
      return Diagnostics.text(error)
    }
  }
}
