import NetworkService
import PFlag

/// `netctl network disconnect`
struct DisconnectCommand {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  func run(_ flags: ParsedFlags, _ arguments: [String]) -> Int32 {
    let (network, container) = (
      arguments[0].trimmingWhitespace(), arguments[1].trimmingWhitespace()
    )
    if let problem = Diagnostics.emptyArgument(network: network, container: container) {
      context.printError(problem)
      return ExitStatus.failure
    }
    do throws(ServiceError) {
      try context.service().disconnect(
        network: network, container: container, force: flags[DisconnectOptions.force])
      return ExitStatus.success
    } catch {
      context.report(error, disconnectingFrom: network)
      return ExitStatus.failure
    }
  }
}
