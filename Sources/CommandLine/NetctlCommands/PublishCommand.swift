import NetworkModel
import NetworkService
import PFlag
import Presentation

/// `netctl network publish`
struct PublishCommand {
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
      let service = context.service()
      let ports = try service.publish(requests, on: container)
      context.show(ports, for: requests)
      context.warn { () throws(ServiceError) in
        try service.blockedTraffic(toNetworksOf: container)
      }
      return ExitStatus.success
    } catch {
      context.report(error)
      return ExitStatus.failure
    }
  }
}
