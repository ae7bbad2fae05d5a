import NetworkService
import PFlag

/// `netctl network rename`
struct RenameCommand {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  func run(_ arguments: [String]) -> Int32 {
    let network = arguments[0].trimmingWhitespace()
    if let problem = Diagnostics.emptyArgument(network: network) {
      context.printError(problem)
      return ExitStatus.failure
    }
    do throws(ServiceError) {
      try context.service().rename(network, to: arguments[1])
      return ExitStatus.success
    } catch {
      context.report(error, on: network)
      return ExitStatus.failure
    }
  }
}
