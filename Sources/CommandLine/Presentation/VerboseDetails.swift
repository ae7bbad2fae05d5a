import Addressing
import Naming
package import NetworkModel
import OrderedJSON

/// What `inspect --verbose` adds to Docker's output.
package struct VerboseDetails: Sendable {
  /// The phase of each endpoint.
  package let phases: [EndpointID: EndpointPhase]
  /// The published ports of each endpoint, as listed by `port`.
  package let ports: [EndpointID: [String]]
  /// The differences in the kernel, one sentence each.
  package let differences: [String]

  package init(
    phases: [EndpointID: EndpointPhase], ports: [EndpointID: [String]], differences: [String]
  ) {
    self.phases = phases
    self.ports = ports
    self.differences = differences
  }

  /// The additional members of an endpoint.
  func members(of endpoint: Endpoint) -> JSONObject {
    [
      "Aliases": JSONValue(endpoint.settings.aliases),
      "DNSNames": JSONValue(endpoint.names),
      "HostLink": .string(endpoint.interface?.hostName?.description ?? ""),
      "Links": JSONValue(endpoint.settings.links),
      "Namespace": .string(endpoint.container.path),
      "Phase": .string(phases[endpoint.id]?.rawValue ?? ""),
      "Ports": JSONValue(ports[endpoint.id] ?? []),
    ]
  }

  /// The additional members of the network.
  var members: JSONObject { ["Differences": JSONValue(differences)] }
}
