import NetworkModel
import PFlag
import Presentation

extension CommandContext {
  /// Prints ports that the requests left open.
  func show(_ ports: [PublishedPort], for requests: [PortRequest]) {
    printLines(PortText.chosen(ports, for: requests))
    Diagnostics.ignored(requests, by: ports).forEach(printError)
  }

  /// Parses ports as `--publish` does; reports the first invalid one.
  func portRequests(_ texts: some Sequence<String>) -> [PortRequest]? {
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
