import NetworkModel
import NetworkService
import PFlag
import Presentation

extension CommandContext {
  /// Runs a verb with the container and the ports that the arguments name; returns the exit status.
  func run(
    _ arguments: [String],
    _ verb: (_ container: String, [PortRequest]) throws(ServiceError) -> Void
  ) -> Int32 {
    guard let requests = portRequests(arguments.dropFirst()) else {
      return UsageDiagnostic.flagErrorStatus
    }
    do throws(ServiceError) {
      try verb(arguments[0].trimmingWhitespace(), requests)
      return ExitStatus.success
    } catch {
      report(error)
      return ExitStatus.failure
    }
  }

  /// Prints ports that the requests left open.
  func show(_ ports: [PublishedPort], for requests: [PortRequest]) {
    printLines(PortText.chosen(ports, for: requests))
    Diagnostics.ignored(requests, by: ports).forEach(printError)
  }

  /// Parses ports as `--publish` does; reports the first invalid one.
  private func portRequests(_ texts: some Sequence<String>) -> [PortRequest]? {
    var requests: [PortRequest] = []
    for text in texts {
      do throws(ConversionError) {
        requests += try PortSyntax.requests(text)
      } catch {
        printError("Error: " + TerminalText.escaped(UsageDiagnostic.reason(error)))
        return nil
      }
    }
    return requests
  }
}
