import GoTemplate
import NetworkModel
import NetworkService
import PFlag
import Presentation

/// `netctl network inspect`
struct InspectCommand {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  /// Prints the networks that were found, then the errors for the others, in the order of the
  /// arguments.
  func run(_ flags: ParsedFlags, _ arguments: [String]) -> Int32 {
    let parsed = context.parsed { () throws(TemplateError) in
      try InspectOutput(format: flags[InspectOptions.format])
    }
    guard var output = parsed else { return ExitStatus.unusableTemplate }
    let service = context.service()
    let isVerbose = flags[InspectOptions.verbose]
    service.synchroniseCluster()
    let problems = arguments.compactMap { problem(with: $0, isVerbose, service, &output) }
    context.output.write(output.bytes)
    problems.forEach(context.printError)
    return problems.isEmpty ? ExitStatus.success : ExitStatus.failure
  }

  private func problem(
    with argument: String, _ isVerbose: Bool, _ service: NetworkService,
    _ output: inout InspectOutput
  ) -> String? {
    let network = argument.trimmingWhitespace()
    if let problem = Diagnostics.emptyArgument(network: network) { return problem }
    let (status, details): (NetworkStatus, VerboseDetails?)
    do throws(ServiceError) {
      (status, details) =
        isVerbose
        ? verbose(try service.details(of: network)) : (try service.inspect(network), nil)
    } catch {
      // Docker's message differs here.
      if case .ambiguousNetwork(let prefix, let matches) = error {
        return "Error: \(matches) matches found based on ID prefix: network \(prefix) is ambiguous"
      }
      return context.text(of: error)
    }
    do throws(TemplateError) {
      try output.add(status, details)
      return nil
    } catch {
      return Diagnostics.text(error)
    }
  }

  private func verbose(_ details: NetworkDetails) -> (NetworkStatus, VerboseDetails?) {
    let shown = VerboseDetails(
      phases: details.phases, ports: details.ports.mapValues(PortText.mappings),
      differences: details.differences.map { Diagnostics.text($0.difference, of: $0.container) })
    return (details.status, shown)
  }
}
