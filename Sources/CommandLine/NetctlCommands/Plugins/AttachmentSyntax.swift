import Addressing
import Drivers
import NetworkModel
import NetworkService
import PFlag

/// The annotation `io.netctl.networks`: networks separated by semicolons, each followed by
/// settings.
///
/// Settings are separated by blanks or commas: Podman 4 splits annotations at commas.
/// `blue ip=10.9.0.5 alias=db; green`.
enum AttachmentSyntax {
  /// The name of the annotation.
  static let annotation = "io.netctl.networks"

  /// A setting or network that is not understood.
  struct Problem: Error {
    let text: String
  }

  /// Parses the annotation into requests for the container at a path.
  static func requests(
    in text: String, container: String
  ) throws(Problem) -> [ConnectRequest] {
    var requests: [ConnectRequest] = []
    for entry in text.split(separator: ";") {
      let words = entry.split { $0 == " " || $0 == "," || $0 == "\t" }.map(String.init)
      guard let network = words.first else { continue }
      var request = ConnectRequest(network: network, container: container)
      for word in words.dropFirst() { try apply(word, to: &request) }
      requests.append(request)
    }
    return requests
  }

  private static func apply(
    _ word: String, to request: inout ConnectRequest
  ) throws(Problem) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      .map(String.init)
    guard parts.count == 2 else { throw Problem(text: word) }
    let value = parts[1]
    switch parts[0] {
    case "ip":
      guard let address = IPAddress(value), address.family == .ipv4 else {
        throw Problem(text: word)
      }
      request.ipv4 = address
    case "ip6":
      guard let address = IPAddress(value), address.family == .ipv6 else {
        throw Problem(text: word)
      }
      request.ipv6 = address
    case "mac":
      guard let address = MACAddress(value) else { throw Problem(text: word) }
      request.mac = address
    case "alias": request.aliases.append(value)
    case "gw-priority":
      guard let priority = Int64(value) else { throw Problem(text: word) }
      request.gatewayPriority = priority
    case "ifname": request.driverOptions[EndpointOptions.interfaceNameKey] = value
    case "publish":
      do throws(ConversionError) {
        request.ports += try PortSyntax.requests(value)
      } catch {
        throw Problem(text: word)
      }
    default: throw Problem(text: word)
    }
  }
}
