import NetworkService
import PFlag

/// `netctl network disconnect`
struct DisconnectCommand {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  func run(_ flags: ParsedFlags, _ arguments: [String]) -> Int32 {
    if let problem = Diagnostics.emptyArgument(network: arguments[0], container: arguments[1]) {
      context.printError(problem)
      return ExitStatus.failure
    }
    do throws(ServiceError) {
      try context.service().disconnect(
        network: arguments[0], container: arguments[1], force: flags[DisconnectSyntax.force])
      return ExitStatus.success
    } catch {
      context.report(error)
      return ExitStatus.failure
    }
  }
}
