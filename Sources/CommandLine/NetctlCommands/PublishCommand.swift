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
        try service.obstructions(toNetworksOf: container)
      }
      return ExitStatus.success
    } catch {
      context.report(error)
      return ExitStatus.failure
    }
  }
}

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

extension CommandContext {
  /// Shows what came of requests and was not to be known before.
  func show(_ ports: [PublishedPort], for requests: [PortRequest]) {
    printLines(PortText.chosen(ports, for: requests))
    Diagnostics.ignored(requests, by: ports).forEach(printError)
  }

  /// Reads ports as `--publish` does; says what is wrong with the first that is none.
  fileprivate func portRequests(_ texts: some Sequence<String>) -> [PortRequest]? {
    var requests: [PortRequest] = []
    for text in texts {
      do throws(ConversionError) {
        requests += try PortSyntax.requests(text)
      } catch {
        printError("Error: " + Printable.text(UsageDiagnostic.reason(error)))
        return nil
      }
    }
    return requests
  }
}
