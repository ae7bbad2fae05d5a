import NetworkModel
import PFlag
import Presentation

extension CommandContext {
  /// Shows what came of requests and was not to be known before.
  func show(_ ports: [PublishedPort], for requests: [PortRequest]) {
    printLines(PortText.chosen(ports, for: requests))
    Diagnostics.ignored(requests, by: ports).forEach(printError)
  }

  /// Reads ports as `--publish` does; says what is wrong with the first that is none.
  func portRequests(_ texts: some Sequence<String>) -> [PortRequest]? {
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
