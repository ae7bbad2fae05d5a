import Drivers
public import KernelModel
public import NetworkModel
import StateStore

/// Published ports, for read-only commands.
extension NetworkService {
  /// The ports that a container holds, without waiting for a change that is under way.
  public func ports(of reference: String) throws(ServiceError) -> HeldPorts {
    // First, because it fails for whoever may not see what a reference means.
    let folder = try openVerifiedState()
    let (container, _) = try self.container(reference)
    return try heldPorts(of: container.id, in: folder)
      ?? HeldPorts(container: container, ports: [], reached: [])
  }

  /// The same for every container that has ports, ordered by name.
  public func allPorts() throws(ServiceError) -> [HeldPorts] {
    try portsOfContainers { (error) throws(ServiceError) in throw error }
      .sorted {
        ($0.container.name, $0.container.id) < ($1.container.name, $1.container.id)
      }
  }

  /// The published ports that an endpoint publishes now.
  public func ports(of endpoint: Endpoint) throws(ServiceError) -> [PublishedPort] {
    let folder = try openVerifiedState()
    let id = endpoint.container.id
    guard let ports = try stored({ () throws(StateError) in try folder.ports(of: id) }) else {
      return []
    }
    let publishingEndpoints = try publishingEndpoints(
      among: try liveEndpoints(of: id, in: folder), in: folder)
    return ports.ports.filter { publishingEndpoints.endpoint(publishing: $0)?.id == endpoint.id }
  }

  /// Published ports that are also bound by a host process: that process receives no connections,
  /// since netctl does not bind the ports it publishes. Ports that depend on a damaged document are
  /// left out.
  public func shadowedPorts() throws(ServiceError) -> [ShadowedPort] {
    var shadowed: [ShadowedPort] = []
    for ports in try portsOfContainers(unreadable: { _ in }) {
      for port in ports.ports where ports.reached.contains(port) {
        guard let hostPort = port.hostPort else { continue }
        let bindFailure = try observed { () throws(KernelError) in
          try kernel.bindFailure(at: port.host, port.transport, port: hostPort)
        }
        guard bindFailure == .inUse else { continue }
        shadowed.append(
          ShadowedPort(
            container: ports.container, port: port,
            process: kernel.portOwner(of: port.host, port.transport, port: hostPort)))
      }
    }
    return shadowed
  }

  /// Ports of live containers that none of their networks publishes. Those of damaged documents are
  /// left out.
  func unroutedPorts(in folder: StateFolder) throws(ServiceError) -> [ContainerPorts] {
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
    let folder = try openVerifiedState()
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
    let endpoints = try liveEndpoints(of: id, in: folder)
    guard !endpoints.isEmpty || isPresent(ports.container) else { return nil }
    let publishingEndpoints = try publishingEndpoints(among: endpoints, in: folder)
    return HeldPorts(
      container: ports.container, ports: ports.ports,
      reached: Set(ports.ports.filter(publishingEndpoints.publishes)))
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

/// A published port that is bound by a host process.
public struct ShadowedPort: Hashable, Sendable {
  /// The container it leads to.
  public let container: Container
  /// The port.
  public let port: PublishedPort
  /// The process; nil when it cannot be determined.
  public let process: HostProcess?
}
