import Addressing
import Drivers
import KernelModel
public import NetworkModel
import StateStore

extension NetworkService {
  /// Publishes ports of a connected container and returns them. All of them or none.
  public func publish(
    _ requests: [PortRequest], on reference: String
  ) throws(ServiceError) -> [PublishedPort] {
    try checkPrivileges()
    let (container, _) = try self.container(reference)
    return try transaction { (state) throws(ServiceError) in
      let endpoints = try pruningDeadEndpoints(of: container, in: state)
      let ports = try allocate(
        requests, for: container, on: endpoints, present: endpoints, in: state)
      try repairFirewall(in: state)
      let change = PortChange(ContainerPorts(container: container, ports: ports))
      do throws(ServiceError) {
        try stored { () throws(StateError) in try state.stage(change) }
        let recorded = try recordedPorts(of: container, in: state)
        try changePorts(
          of: container, from: try desiredPorts(recorded, on: endpoints, in: state),
          to: try desiredPorts(recorded + ports, on: endpoints, in: state), in: state)
        try record(change, having: recorded + ports, in: state)
      } catch {
        undo(.ports(change.ports)) { () throws(ServiceError) in
          try withdraw(change, in: state)
        }
        throw error
      }
      return ports
    }
  }

  /// Unpublishes the ports of a container that match the requests. Each request must match at least
  /// one; all of them or none.
  public func unpublish(
    _ requests: [PortRequest], of reference: String
  ) throws(ServiceError) {
    try checkPrivileges()
    let (container, _) = try self.container(reference)
    try transaction { (state) throws(ServiceError) in
      let endpoints = try pruningDeadEndpoints(of: container, in: state)
      let recorded = try recordedPorts(of: container, in: state)
      let (gone, kept) = try divide(recorded, by: requests, of: container)
      try repairFirewall(in: state)
      let change = PortChange(
        ContainerPorts(container: container, ports: gone))
      let before = try desiredPorts(recorded, on: endpoints, in: state)
      let after = try desiredPorts(kept, on: endpoints, in: state)
      try stored { () throws(StateError) in try state.stage(change) }
      do throws(ServiceError) {
        try changePorts(of: container, from: before, to: after, in: state)
      } catch {
        // What cannot be undone now is completed by the next command.
        attempt { () throws(ServiceError) in
          try changePorts(of: container, from: after, to: before, in: state)
          try stored { () throws(StateError) in try state.settle(change, having: recorded) }
        }
        throw error
      }
      try record(change, having: kept, in: state)
    }
  }

  private func divide(
    _ recorded: [PublishedPort], by requests: [PortRequest], of container: Container
  ) throws(ServiceError) -> (gone: [PublishedPort], kept: [PublishedPort]) {
    let candidates = Dictionary(grouping: recorded, by: \.containerPort)
    var gone: Set<PublishedPort> = []
    for request in requests {
      let found = (candidates[request.containerPort] ?? []).filter(request.matches)
      if found.isEmpty { throw .port(.notPublished(request, container: container.name)) }
      gone.formUnion(found)
    }
    // A port without a host port stays as long as another needs the same container port.
    let needed = Set(recorded.filter { !gone.contains($0) && $0.hostPort != nil }.map(\.target))
    gone = gone.filter { $0.hostPort != nil || !needed.contains($0.target) }
    return (recorded.filter { gone.contains($0) }, recorded.filter { !gone.contains($0) })
  }
}

/// The container port that a published port leads to.
private struct PortTarget: Hashable {
  let transport: Transport
  let port: UInt16
}

extension PublishedPort {
  fileprivate var target: PortTarget { PortTarget(transport: transport, port: containerPort) }
}
