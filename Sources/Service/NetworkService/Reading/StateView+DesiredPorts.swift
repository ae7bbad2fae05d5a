import Addressing
import Drivers
import KernelModel
import NetworkModel
import StateStore

/// The containers and ports on record, and what the kernel should hold for them.
extension StateView {
  /// The recorded ports of a container.
  func recordedPorts(of container: Container) throws(ServiceError) -> [PublishedPort] {
    try ports(of: container.id)?.ports ?? []
  }

  /// What the kernel should hold for a container on record and its ports.
  func desiredPorts(ofContainer id: ContainerID) throws(ServiceError) -> DesiredPorts {
    let ports = try ports(of: id)
    return try desiredPorts(ports?.ports ?? [], on: liveEndpoints(of: id))
  }

  /// What the kernel should hold for a container and its ports when it has these endpoints.
  func desiredPorts(
    _ ports: [PublishedPort], on endpoints: [Endpoint]
  ) throws(ServiceError) -> DesiredPorts {
    var desired =
      ports.isEmpty
      ? DesiredPorts() : try publishingEndpoints(among: endpoints).desired(ports)
    // A container answers from any of its addresses, through whichever network has its default
    // route.
    let addresses = endpoints.flatMap { $0.interface?.addresses ?? [] }.map(\.address)
    for endpoint in endpoints where endpoint.interface != nil {
      guard let policy = try driver(of: endpoint)?.desiredNetwork.policy else { continue }
      desired.firewall.formUnion(policy.elements(forSendersWith: addresses))
    }
    return desired
  }

  /// What the kernel should hold for all containers and their ports, but for those that depend on a
  /// document that cannot be read: where they would lead is not known. Gives what is wrong with
  /// those as well.
  func portsOnRecord() throws(ServiceError) -> (desired: DesiredPorts, damaged: [StateError]) {
    var ports = DesiredPorts()
    var damaged: [StateError] = []
    for container in try containers() {
      do throws(ServiceError) {
        ports.formUnion(try desiredPorts(ofContainer: container))
      } catch {
        guard case .state(let error) = error else { throw error }
        damaged.append(error)
      }
    }
    return (ports, damaged)
  }

  /// Which of a container's endpoints publishes which of its ports.
  func publishingEndpoints(
    among endpoints: [Endpoint]
  ) throws(ServiceError) -> PublishingEndpoints {
    try PublishingEndpoints(among: endpoints) { (endpoint) throws(ServiceError) in
      try driver(of: endpoint)
    }
  }

  private func driver(of endpoint: Endpoint) throws(ServiceError) -> (any NetworkDriver)? {
    try network(endpoint.network)?.configuredDriver()
  }
}
