import Drawing
import NetworkModel
import NetworkService
import PFlag

/// `netctl network graph`
struct GraphCommand {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  /// Draws what could be read, then says what could not.
  func run(_ flags: ParsedFlags, _ arguments: [String]) -> Int32 {
    let service = context.service()
    let survey: NetworkSurvey
    do throws(ServiceError) {
      survey = try service.survey()
    } catch {
      context.report(error)
      return ExitStatus.failure
    }
    let (chosen, problems) = choose(arguments, service)
    if arguments.isEmpty || !chosen.isEmpty {
      let graph = NetworkGraph(
        survey.networks, ports: survey.ports, showing: arguments.isEmpty ? nil : chosen)
      context.output.write(flags[GraphSyntax.format].drawing(of: graph, style: context.treeStyle))
    }
    for error in survey.damaged { context.report(.state(error)) }
    problems.forEach(context.printError)
    return survey.damaged.isEmpty && problems.isEmpty ? ExitStatus.success : ExitStatus.failure
  }

  private func choose(
    _ arguments: [String], _ service: NetworkService
  ) -> (chosen: Set<NetworkID>, problems: [String]) {
    var (chosen, problems): (Set<NetworkID>, [String]) = ([], [])
    for argument in arguments.map({ $0.trimmingWhitespace() }) {
      if let problem = Diagnostics.emptyArgument(network: argument) {
        problems.append(problem)
        continue
      }
      do throws(ServiceError) {
        chosen.insert(try service.network(argument).id)
      } catch {
        problems.append(context.text(of: error))
      }
    }
    return (chosen, problems)
  }
}
