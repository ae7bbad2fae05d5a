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

  /// Draws what could be read, then reports the errors.
  func run(_ flags: ParsedFlags, _ arguments: [String]) -> Int32 {
    let service = context.service()
    let snapshot: NetworkSnapshot
    do throws(ServiceError) {
      snapshot = try service.snapshot()
    } catch {
      context.report(error)
      return ExitStatus.failure
    }
    let (chosen, problems) = resolve(arguments, service)
    if arguments.isEmpty || !chosen.isEmpty {
      let graph = NetworkGraph(
        snapshot.networks, ports: snapshot.ports, showing: arguments.isEmpty ? nil : chosen,
        on: service.hostSettings)
      context.output.write(flags[GraphOptions.format].drawing(of: graph, style: context.treeStyle))
    }
    for error in snapshot.damaged { context.report(.state(error)) }
    problems.forEach(context.printError)
    return snapshot.damaged.isEmpty && problems.isEmpty ? ExitStatus.success : ExitStatus.failure
  }

  private func resolve(
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
