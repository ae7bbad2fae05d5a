import Addressing
import Drivers
import KernelModel
import NetworkModel
import StateStore

/// The containers and ports on record, and what the kernel should hold for them.
extension NetworkService {
  /// The recorded ports of a container.
  func recordedPorts(
    of container: Container, in state: borrowing LockedState
  ) throws(ServiceError) -> [PublishedPort] {
    let folder = state.folder
    return try stored { () throws(StateError) in try folder.ports(of: container.id)?.ports ?? [] }
  }

  /// Every container with recorded ports.
  func containersWithPorts(in folder: StateFolder) throws(ServiceError) -> [ContainerID] {
    try stored { () throws(StateError) in try folder.containersWithPorts() }.sorted()
  }

  /// What the kernel should hold for a container and its ports when it has these endpoints.
  func desiredPorts(
    _ ports: [PublishedPort], on endpoints: [Endpoint], in state: borrowing LockedState
  ) throws(ServiceError) -> DesiredPorts {
    try desiredPorts(ports, on: endpoints, in: state.folder)
  }

  /// What the kernel should hold for a container on record and its ports.
  func desiredPorts(
    ofContainer id: ContainerID, in folder: StateFolder
  ) throws(ServiceError) -> DesiredPorts {
    let ports = try stored { () throws(StateError) in try folder.ports(of: id) }
    return try desiredPorts(ports?.ports ?? [], on: liveEndpoints(of: id, in: folder), in: folder)
  }

  private func desiredPorts(
    _ ports: [PublishedPort], on endpoints: [Endpoint], in folder: StateFolder
  ) throws(ServiceError) -> DesiredPorts {
    var desired =
      ports.isEmpty
      ? DesiredPorts() : try publishingEndpoints(among: endpoints, in: folder).desired(ports)
    // A container answers from any of its addresses, through whichever network has its default
    // route.
    let addresses = endpoints.flatMap { $0.interface?.addresses ?? [] }.map(\.address)
    for endpoint in endpoints where endpoint.interface != nil {
      guard let driver = try driver(of: endpoint, in: folder) else { continue }
      desired.firewall.formUnion(driver.firewall(forSendersWith: addresses))
    }
    return desired
  }

  /// What the kernel should hold for all containers and their ports, but for those that depend on a
  /// document that cannot be read: where they would lead is not known. Gives what is wrong with
  /// those as well.
  func portsOnRecord(
    in folder: StateFolder
  ) throws(ServiceError) -> (desired: DesiredPorts, damaged: [StateError]) {
    var ports = DesiredPorts()
    var damaged: [StateError] = []
    let containers = try stored { () throws(StateError) in try folder.containers() }
    for container in containers.sorted() {
      do throws(ServiceError) {
        ports.formUnion(try desiredPorts(ofContainer: container, in: folder))
      } catch {
        guard case .state(let error) = error else { throw error }
        damaged.append(error)
      }
    }
    return (ports, damaged)
  }

  /// Which of a container's endpoints publishes which of its ports.
  func publishingEndpoints(
    among endpoints: [Endpoint], in folder: StateFolder
  ) throws(ServiceError) -> PublishingEndpoints {
    try PublishingEndpoints(among: endpoints) { (endpoint) throws(ServiceError) in
      try driver(of: endpoint, in: folder)
    }
  }

  private func driver(
    of endpoint: Endpoint, in folder: StateFolder
  ) throws(ServiceError) -> (any NetworkDriver)? {
    let network = try stored { () throws(StateError) in try folder.network(endpoint.network) }
    return try optioned { () throws(OptionError) in try network?.makeDriver() }
  }

  /// The endpoints of a container whose namespace still exists.
  func liveEndpoints(
    of container: ContainerID, in folder: StateFolder
  ) throws(ServiceError) -> [Endpoint] {
    try liveEndpoints(
      among: try stored { () throws(StateError) in try folder.endpoints(of: container) })
  }
}
