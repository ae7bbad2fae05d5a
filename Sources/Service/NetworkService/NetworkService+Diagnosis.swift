public import KernelModel
public import NetworkModel
import StateStore

/// A network with all that is known of it.
public struct NetworkDiagnosis: Sendable {
  /// The network with every endpoint on record, alive or not.
  public let status: NetworkStatus
  /// How each of the endpoints stands to the kernel.
  public let phases: [EndpointID: EndpointPhase]
  /// The published ports that each of them carries.
  public let ports: [EndpointID: [PublishedPort]]
  /// Where the kernel differs from the records.
  public let differences: [Difference]
}

extension NetworkService {
  /// One network and all that is known of it, without waiting for a change that is under way.
  public func diagnose(_ reference: String) throws(ServiceError) -> NetworkDiagnosis {
    let status = try inspect(reference)
    let network = status.network
    let folder = try openStateOfThisHost()
    let (recorded, unfinished) = try stored { () throws(StateError) in
      (
        try folder.endpoints(of: network.id),
        try folder.unfinished().endpoints.filter { $0.network == network.id }
      )
    }
    var endpoints: [ContainerID: Endpoint] = [:]
    var phases: [EndpointID: EndpointPhase] = [:]
    // Of several endpoints of a container the last counts.
    for (found, phase) in [
      (recorded, EndpointPhase.vanished), (unfinished, .unfinished), (status.endpoints, .attached),
    ] {
      for endpoint in found {
        endpoints[endpoint.container.id] = endpoint
        phases[endpoint.id] = phase
      }
    }
    var ports: [EndpointID: [PublishedPort]] = [:]
    for endpoint in status.endpoints { ports[endpoint.id] = try self.ports(of: endpoint) }
    return NetworkDiagnosis(
      status: NetworkStatus(
        network: network,
        endpoints: endpoints.values.sorted { $0.container.id < $1.container.id },
        usage: status.usage),
      phases: phases, ports: ports, differences: try differences(of: network))
  }
}
