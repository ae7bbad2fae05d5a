import Containers
public import KernelModel
public import NetworkModel
import StateStore

/// Published ports, for read-only commands.
extension StateView {
  /// The ports that a container holds, without waiting for a change in progress.
  func heldPorts(of container: Container) throws(ServiceError) -> HeldPorts {
    try heldPorts(of: container.id)
      ?? HeldPorts(container: container, ports: [], reached: [])
  }

  /// The same for every container that has ports, ordered by name.
  func allPorts() throws(ServiceError) -> [HeldPorts] {
    try portsOfContainers { (error) throws(ServiceError) in throw error }
      .sorted {
        ($0.container.name, $0.container.id) < ($1.container.name, $1.container.id)
      }
  }

  /// The published ports that an endpoint publishes now.
  func publishedPorts(of endpoint: Endpoint) throws(ServiceError) -> [PublishedPort] {
    let id = endpoint.container.id
    guard let ports = try ports(of: id) else {
      return []
    }
    let publishingEndpoints = try publishingEndpoints(among: try liveEndpoints(of: id))
    return ports.ports.filter { publishingEndpoints.endpoint(publishing: $0)?.id == endpoint.id }
  }

  /// Published ports that are also bound by a host process: that process receives no connections,
  /// since netctl does not bind the ports it publishes. Ports that depend on a damaged document are
  /// left out.
  func shadowedPorts() throws(ServiceError) -> [ShadowedPort] {
    var shadowed: [ShadowedPort] = []
    for ports in try portsOfContainers(unreadable: { _ in }) {
      for port in ports.ports where ports.reached.contains(port) {
        guard let hostPort = port.hostPort else { continue }
        let bindFailure = try kernel.bindFailure(at: port.host, port.transport, port: hostPort)
        guard bindFailure == .inUse else { continue }
        let process = kernel.portOwner(of: port.host, port.transport, port: hostPort)
        // Podman reserves the ports of a container that it connects by a plugin.
        if let process, ContainerMonitor.isConmon(process.id, of: ports.container.id.description) {
          continue
        }
        shadowed.append(ShadowedPort(container: ports.container, port: port, process: process))
      }
    }
    return shadowed
  }

  /// Ports of live containers that none of their networks publishes. Those of damaged documents are
  /// left out.
  func unroutedPorts() throws(ServiceError) -> [ContainerPorts] {
    var unrouted: [ContainerPorts] = []
    for id in try containersWithPorts() {
      guard let held = try? heldPorts(of: id) else { continue }
      let unreached = held.ports.filter { !held.reached.contains($0) }
      if !unreached.isEmpty {
        unrouted.append(ContainerPorts(container: held.container, ports: unreached))
      }
    }
    return unrouted
  }

  private func portsOfContainers(
    unreadable: (ServiceError) throws(ServiceError) -> Void
  ) throws(ServiceError) -> [HeldPorts] {
    var all: [HeldPorts] = []
    for container in try containersWithPorts() {
      do throws(ServiceError) {
        if let held = try heldPorts(of: container) { all.append(held) }
      } catch {
        try unreadable(error)
      }
    }
    return all
  }

  // A container that no longer exists holds no ports.
  private func heldPorts(of id: ContainerID) throws(ServiceError) -> HeldPorts? {
    guard let ports = try ports(of: id) else {
      return nil
    }
    let endpoints = try liveEndpoints(of: id)
    guard !endpoints.isEmpty || kernel.isPresent(ports.container) else { return nil }
    let publishingEndpoints = try publishingEndpoints(among: endpoints)
    return HeldPorts(
      container: ports.container, ports: ports.ports,
      reached: Set(ports.ports.filter(publishingEndpoints.publishes)))
  }
}

/// The ports that a container holds; no other container can publish them.
public struct HeldPorts: Hashable, Sendable {
  /// The container.
  public let container: Container
  /// Its ports.
  public let ports: [PublishedPort]
  /// Those that one of its networks currently publishes.
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
