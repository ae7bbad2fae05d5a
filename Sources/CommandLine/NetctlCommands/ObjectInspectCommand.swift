import GoTemplate
import NetworkModel
import NetworkService
import OrderedJSON
import PFlag
import Presentation

/// `netctl container inspect`, and `netctl inspect`, which takes a network where no container has
/// the name.
struct ObjectInspectCommand {
  /// What may be inspected.
  private enum ObjectType: String {
    case container
    case network
  }

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
    let type = takesNetworks ? flags[ObjectInspectOptions.type] : ObjectType.container.rawValue
    let wanted = ObjectType(rawValue: type)
    guard wanted != nil || type.isEmpty else {
      context.printError(
        "Error: unknown type: \(TerminalText.quoted(type)): must be one of \"container\", "
          + "\"network\"")
      return ExitStatus.failure
    }
    let problems = arguments.compactMap {
      problem(with: $0.trimmingWhitespace(), wanted, &output)
    }
    context.output.write(output.bytes)
    problems.forEach(context.printError)
    return problems.isEmpty ? ExitStatus.success : ExitStatus.failure
  }

  private func problem(
    with reference: String, _ type: ObjectType?, _ output: inout InspectOutput
  ) -> String? {
    if reference.isEmpty { return "invalid container name or ID: value is empty" }
    do throws(ServiceError) {
      let service = context.service()
      if type == .network { return add(try service.inspect(reference), &output) }
      do throws(ServiceError) {
        return add(ContainerDocument.json(try service.inspectContainer(reference)), &output)
      } catch {
        guard type == nil, case .noSuchContainer = error else { throw error }
        return add(try service.inspect(reference), &output)
      }
    } catch {
      if type == nil, case .networkNotFound = error {
        return "Error: No such object: \(TerminalText.escaped(reference))"
      }
      return context.text(of: error)
    }
  }

  private func add(_ network: NetworkStatus, _ output: inout InspectOutput) -> String? {
    do throws(TemplateError) {
      try output.add(network)
      return nil
    } catch {
      return Diagnostics.text(error)
    }
  }

  private func add(_ document: JSONValue, _ output: inout InspectOutput) -> String? {
    do throws(TemplateError) {
      try output.add(document, nilMembers: ContainerDocument.nilMembers)
      return nil
    } catch {
      return Diagnostics.text(error)
    }
  }
}
