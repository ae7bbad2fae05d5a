import Addressing
import Drivers
import KernelModel
import NetworkModel
import StateStore

/// Recorded containers and ports, and the kernel state desired for them.
extension StateView {
  /// The recorded ports of a container.
  func recordedPorts(of container: Container) throws(ServiceError) -> [PublishedPort] {
    try ports(of: container.id)?.ports ?? []
  }

  /// The kernel state desired for a recorded container and its ports.
  func desiredPorts(ofContainer id: ContainerID) throws(ServiceError) -> DesiredPorts {
    let ports = try ports(of: id)
    return try desiredPorts(ports?.ports ?? [], on: liveEndpoints(of: id))
  }

  /// The kernel state desired for a container and its ports, given these endpoints.
  func desiredPorts(
    _ ports: [PublishedPort], on endpoints: [Endpoint]
  ) throws(ServiceError) -> DesiredPorts {
    var desired =
      ports.isEmpty
      ? DesiredPorts() : try publishingEndpoints(among: endpoints).desired(ports)
    // A container may reply from any of its addresses through the network that has its default
    // route.
    let addresses = endpoints.flatMap { $0.interface?.addresses ?? [] }.map(\.address)
    for endpoint in endpoints {
      guard let interface = endpoint.interface, let port = interface.hostName,
        let mac = interface.mac, let policy = try driver(of: endpoint)?.desiredNetwork.policy
      else { continue }
      let sender = NetworkPolicy.Sender(
        port: port, mac: mac, addresses: interface.addresses.map(\.address),
        linkLocalAddresses: interface.linkLocalAddresses)
      desired.firewall.formUnion(policy.elements(for: sender, with: addresses))
    }
    return desired
  }

  /// The kernel state desired for all containers and their ports, except those that depend on an
  /// unreadable document or a network with an invalid option, because their targets are unknown.
  /// Also returns the errors of the documents that cannot be read. With nil, live endpoints are
  /// looked for one by one.
  func portsOnRecord(
    live: [ContainerID: [Endpoint]]? = nil
  ) throws(ServiceError) -> (desired: DesiredPorts, damaged: [StateError]) {
    var ports = DesiredPorts()
    var damaged: [StateError] = []
    for container in try containers() {
      do throws(ServiceError) {
        let endpoints =
          if let live { live[container] ?? [] } else { try liveEndpoints(of: container) }
        let own = try self.ports(of: container)?.ports ?? []
        ports.formUnion(try desiredPorts(own, on: endpoints))
      } catch {
        switch error {
        case .state(let error): damaged.append(error)
        case .option: continue
        default: throw error
        }
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
    try network(endpoint.network).flatMap { (network) throws(ServiceError) in
      try knownDriver(of: network)
    }
  }
}
