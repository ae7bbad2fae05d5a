import Drivers
public import KernelModel
public import NetworkModel
import StateStore

/// What is published, for those who only look.
extension NetworkService {
  /// The published ports of a container that are reached now, without waiting for a change that is
  /// under way.
  public func ports(of reference: String) throws(ServiceError) -> ContainerPorts {
    let (container, _) = try openContainer(reference)
    let folder = try openStateOfThisHost()
    return ContainerPorts(
      container: container, ports: try reachedPorts(of: container.id, in: folder)?.ports ?? [])
  }

  /// The same for every container that has any, by name.
  public func allPorts() throws(ServiceError) -> [ContainerPorts] {
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
      for port in ports.ports {
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
      guard var ports = try? folder.ports(of: id), isPresent(ports.container),
        let reached = try? reachedPorts(of: id, in: folder)?.ports
      else { continue }
      ports.ports.removeAll(where: Set(reached).contains)
      if !ports.ports.isEmpty { idle.append(ports) }
    }
    return idle
  }

  private func portsOfContainers(
    unreadable: (ServiceError) throws(ServiceError) -> Void
  ) throws(ServiceError) -> [ContainerPorts] {
    let folder = try openStateOfThisHost()
    var all: [ContainerPorts] = []
    for container in try containersWithPorts(in: folder) {
      do throws(ServiceError) {
        let ports = try reachedPorts(of: container, in: folder)
        if let ports, !ports.ports.isEmpty { all.append(ports) }
      } catch {
        try unreadable(error)
      }
    }
    return all
  }

  private func reachedPorts(
    of container: ContainerID, in folder: StateFolder
  ) throws(ServiceError) -> ContainerPorts? {
    guard var ports = try stored({ () throws(StateError) in try folder.ports(of: container) })
    else { return nil }
    let carriers = try carriers(among: try aliveEndpoints(of: container, in: folder), in: folder)
    ports.ports = ports.ports.filter(carriers.carries)
    return ports
  }
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
