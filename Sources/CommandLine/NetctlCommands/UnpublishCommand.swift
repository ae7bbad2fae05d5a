import NetworkService
import PFlag

/// `netctl network unpublish`
struct UnpublishCommand {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  func run(_ arguments: [String]) -> Int32 {
    let container = arguments[0].trimmingWhitespace()
    guard let requests = context.portRequests(arguments.dropFirst()) else {
      return UsageDiagnostic.flagErrorStatus
    }
    do throws(ServiceError) {
      try context.service().unpublish(requests, of: container)
      return ExitStatus.success
    } catch {
      context.report(error)
      return ExitStatus.failure
    }
  }
}
