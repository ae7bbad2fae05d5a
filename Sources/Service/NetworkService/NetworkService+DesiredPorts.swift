import Drivers
import KernelModel
import NetworkModel
import StateStore

/// The ports on record, and what the kernel should hold for them.
extension NetworkService {
  /// The ports of a container on record.
  func recordedPorts(
    of container: Container, in state: borrowing LockedState
  ) throws(ServiceError) -> [PublishedPort] {
    let folder = state.folder
    return try stored { () throws(StateError) in try folder.ports(of: container.id)?.ports ?? [] }
  }

  /// Every container that has ports on record.
  func containersWithPorts(in folder: StateFolder) throws(ServiceError) -> [ContainerID] {
    try stored { () throws(StateError) in try folder.containersWithPorts() }.sorted()
  }

  /// What the kernel should hold for a container's ports when it has these endpoints.
  func desiredPorts(
    _ ports: [PublishedPort], on endpoints: [Endpoint], in state: borrowing LockedState
  ) throws(ServiceError) -> DesiredPorts {
    guard !ports.isEmpty else { return DesiredPorts() }
    return try carriers(among: endpoints, in: state.folder).desired(ports)
  }

  /// What the kernel should hold for the ports of a container on record.
  func desiredPorts(
    ofContainer id: ContainerID, in folder: StateFolder
  ) throws(ServiceError) -> DesiredPorts {
    guard let ports = try stored({ () throws(StateError) in try folder.ports(of: id) }) else {
      return DesiredPorts()
    }
    return try carriers(among: try aliveEndpoints(of: id, in: folder), in: folder)
      .desired(ports.ports)
  }

  /// What the kernel should hold for all published ports, but for those that depend on a document
  /// that cannot be read: where they would lead is not known. Gives what is wrong with those as well.
  func portsOnRecord(
    in folder: StateFolder
  ) throws(ServiceError) -> (desired: DesiredPorts, damaged: [StateError]) {
    var ports = DesiredPorts()
    var damaged: [StateError] = []
    for container in try containersWithPorts(in: folder) {
      do throws(ServiceError) {
        ports.formUnion(try desiredPorts(ofContainer: container, in: folder))
      } catch {
        guard case .state(let error) = error else { throw error }
        damaged.append(error)
      }
    }
    return (ports, damaged)
  }

  /// Which of a container's endpoints carries which of its ports.
  func carriers(
    among endpoints: [Endpoint], in folder: StateFolder
  ) throws(ServiceError) -> PortCarriers {
    try PortCarriers(among: endpoints) { (endpoint) throws(ServiceError) in
      let network = try stored { () throws(StateError) in try folder.network(endpoint.network) }
      return try optioned { () throws(OptionError) in try network?.makeDriver() }
    }
  }

  /// The endpoints of a container whose namespace is still there.
  func aliveEndpoints(
    of container: ContainerID, in folder: StateFolder
  ) throws(ServiceError) -> [Endpoint] {
    try alive(try stored { () throws(StateError) in try folder.endpoints(of: container) })
  }
}
