import Drivers
public import KernelModel
public import NetworkModel
import StateStore

/// What is published, for those who only look.
extension NetworkService {
  /// The ports that a container holds, without waiting for a change that is under way.
  public func ports(of reference: String) throws(ServiceError) -> HeldPorts {
    let (container, _) = try self.container(reference)
    let folder = try openStateOfThisHost()
    return try heldPorts(of: container.id, in: folder)
      ?? HeldPorts(container: container, ports: [], reached: [])
  }

  /// The same for every container that has any, by name.
  public func allPorts() throws(ServiceError) -> [HeldPorts] {
    try portsOfContainers { (error) throws(ServiceError) in throw error }
      .sorted {
        ($0.container.name, $0.container.id) < ($1.container.name, $1.container.id)
      }
  }

  /// The published ports that an endpoint carries now.
  public func ports(of endpoint: Endpoint) throws(ServiceError) -> [PublishedPort] {
    let folder = try openStateOfThisHost()
    let id = endpoint.container.id
    guard let ports = try stored({ () throws(StateError) in try folder.ports(of: id) }) else {
      return []
    }
    let carriers = try carriers(among: try aliveEndpoints(of: id, in: folder), in: folder)
    return ports.ports.filter { carriers.endpoint(carrying: $0)?.id == endpoint.id }
  }

  /// The published ports that a process of the host has taken as well: it gets no connections, for
  /// nothing but the process itself holds a port. Ports that depend on a damaged document are left
  /// out.
  public func shadowedPorts() throws(ServiceError) -> [ShadowedPort] {
    var shadowed: [ShadowedPort] = []
    for ports in try portsOfContainers(unreadable: { _ in }) {
      for port in ports.ports where ports.reached.contains(port) {
        guard let hostPort = port.hostPort else { continue }
        let obstacle = try observed { () throws(KernelError) in
          try kernel.obstacle(at: port.host, port.transport, port: hostPort)
        }
        guard obstacle == .inUse else { continue }
        shadowed.append(
          ShadowedPort(
            container: ports.container, port: port,
            process: kernel.holder(of: port.host, port.transport, port: hostPort)))
      }
    }
    return shadowed
  }

  /// The ports that living containers have and that none of their networks carries. Those of damaged
  /// documents are left out.
  func idlePorts(in folder: StateFolder) throws(ServiceError) -> [ContainerPorts] {
    var idle: [ContainerPorts] = []
    for id in try containersWithPorts(in: folder) {
      guard let held = try? heldPorts(of: id, in: folder) else { continue }
      let unreached = held.ports.filter { !held.reached.contains($0) }
      if !unreached.isEmpty {
        idle.append(ContainerPorts(container: held.container, ports: unreached))
      }
    }
    return idle
  }

  private func portsOfContainers(
    unreadable: (ServiceError) throws(ServiceError) -> Void
  ) throws(ServiceError) -> [HeldPorts] {
    let folder = try openStateOfThisHost()
    var all: [HeldPorts] = []
    for container in try containersWithPorts(in: folder) {
      do throws(ServiceError) {
        if let held = try heldPorts(of: container, in: folder) { all.append(held) }
      } catch {
        try unreadable(error)
      }
    }
    return all
  }

  // A container that is gone holds none.
  private func heldPorts(
    of id: ContainerID, in folder: StateFolder
  ) throws(ServiceError) -> HeldPorts? {
    guard let ports = try stored({ () throws(StateError) in try folder.ports(of: id) }) else {
      return nil
    }
    let endpoints = try aliveEndpoints(of: id, in: folder)
    guard !endpoints.isEmpty || isPresent(ports.container) else { return nil }
    let carriers = try carriers(among: endpoints, in: folder)
    return HeldPorts(
      container: ports.container, ports: ports.ports,
      reached: Set(ports.ports.filter(carriers.carries)))
  }
}

/// The ports that a container holds: nobody else can publish them.
public struct HeldPorts: Hashable, Sendable {
  /// The container.
  public let container: Container
  /// Its ports.
  public let ports: [PublishedPort]
  /// Those that one of its networks carries now.
  public let reached: Set<PublishedPort>
}

/// A published port that a process of the host has taken.
public struct ShadowedPort: Hashable, Sendable {
  /// The container that it leads to.
  public let container: Container
  /// The port.
  public let port: PublishedPort
  /// The process; nil when it cannot be found out which.
  public let process: HostProcess?
}
