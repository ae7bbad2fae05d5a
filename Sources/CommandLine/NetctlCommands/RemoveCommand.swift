import NetworkService
import PFlag

/// `netctl network rm`
struct RemoveCommand {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  /// Tries every argument, and ends with Docker's summary line if any failed.
  func run(_ flags: ParsedFlags, _ arguments: [String]) -> Int32 {
    let force = flags[RemoveOptions.force]
    var status = ExitStatus.success
    let service = context.service()
    for argument in arguments where !remove(argument, force: force, by: service) {
      status = ExitStatus.failure
    }
    if status != ExitStatus.success { context.printError("exit status \(status)") }
    return status
  }

  private func remove(
    _ argument: String, force: Bool, by service: NetworkService
  ) -> Bool {
    let network = argument.trimmingWhitespace()
    if let problem = Diagnostics.emptyArgument(network: network) {
      context.printError(problem)
      return false
    }
    do throws(ServiceError) {
      try service.remove(network, force: force)
      context.printLine(context.shown(argument))
      return true
    } catch {
      if force, case .networkNotFound = error { return true }
      context.report(error)
      return false
    }
  }
}
