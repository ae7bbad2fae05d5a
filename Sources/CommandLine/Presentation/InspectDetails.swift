public import NetworkModel
import OrderedJSON

/// What `inspect --verbose` shows besides what Docker does.
public struct InspectDetails: Sendable {
  /// How each endpoint stands to the kernel.
  public let phases: [EndpointID: EndpointPhase]
  /// The published ports that each endpoint carries, as `port` lists them.
  public let ports: [EndpointID: [String]]
  /// What differs in the kernel, a sentence each.
  public let differences: [String]

  /// Takes every member.
  public init(
    phases: [EndpointID: EndpointPhase], ports: [EndpointID: [String]], differences: [String]
  ) {
    self.phases = phases
    self.ports = ports
    self.differences = differences
  }

  /// The members that an endpoint has then.
  func members(of endpoint: Endpoint) -> JSONObject {
    [
      "HostLink": .string(endpoint.interface?.hostName ?? ""),
      "Namespace": .string(endpoint.container.path),
      "Phase": .string(phases[endpoint.id]?.rawValue ?? ""),
      "Ports": JSONValue(ports[endpoint.id] ?? []),
    ]
  }

  /// The members that the network has then.
  var members: JSONObject { ["Differences": JSONValue(differences)] }
}
