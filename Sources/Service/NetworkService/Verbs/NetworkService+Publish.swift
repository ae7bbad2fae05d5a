import Addressing
import KernelModel
public import NetworkModel
import StateStore

extension NetworkService {
  /// Publishes ports of a connected container and returns them. All of them or none.
  public func publish(
    _ requests: [PortRequest], on reference: String
  ) throws(ServiceError) -> [PublishedPort] {
    try kernel.checkPrivileges()
    let (container, _) = try self.container(reference)
    return try transaction { (transaction) throws(ServiceError) in
      try transaction.publish(requests, on: container)
    }
  }

  /// Unpublishes the ports of a container that match the requests. Each request must match at least
  /// one; all of them or none.
  public func unpublish(
    _ requests: [PortRequest], of reference: String
  ) throws(ServiceError) {
    try kernel.checkPrivileges()
    let (container, _) = try self.container(reference)
    try transaction { (transaction) throws(ServiceError) in
      try transaction.unpublish(requests, of: container)
    }
  }
}

extension Transaction {
  fileprivate func publish(
    _ requests: [PortRequest], on container: Container
  ) throws(ServiceError) -> [PublishedPort] {
    let endpoints = try pruningDeadEndpoints(of: container)
    let waiting = try view.waitingEndpoints(of: container.id)
    if container.isStopped, waiting.isEmpty { throw .containerNotRunning(container.name) }
    let all = endpoints + waiting
    let ports = try allocateOrReclaim(requests, for: container, on: all, present: all)
    try repairFirewall()
    let change = PortChange(ports, of: container)
    do throws(ServiceError) {
      try stage(change)
      let recorded = try view.recordedPorts(of: container)
      let present = recorded.onePerHostAddress
      try changePorts(
        of: container, from: try view.desiredPorts(present, on: endpoints),
        to: try view.desiredPorts(present + ports, on: endpoints))
      try record(change, having: recorded + ports)
    } catch {
      undo(UnfinishedChange(change)) { () throws(ServiceError) in try withdraw(change) }
      throw error
    }
    report(.publish, ports, of: container, on: endpoints)
    return ports
  }

  fileprivate func unpublish(
    _ requests: [PortRequest], of container: Container
  ) throws(ServiceError) {
    let endpoints = try pruningDeadEndpoints(of: container)
    let recorded = try view.recordedPorts(of: container)
    let (gone, kept) = try divide(recorded, by: requests, of: container)
    try replace(recorded, by: kept, removing: gone, of: container, on: endpoints)
  }

  /// Unpublishes the ports of a container that requests led to, as far as they are there.
  func unpublish(
    resultsOf requests: [PortRequest], of container: Container
  ) throws(ServiceError) {
    let recorded = try view.recordedPorts(of: container)
    var gone: Set<PublishedPort> = []
    for request in requests {
      // Each led to one host port, at one or more addresses.
      let found = recorded.filter { !gone.contains($0) && request.matches($0) }
      gone.formUnion(found.filter { $0.hostPort == found.first?.hostPort })
    }
    if gone.isEmpty { return }
    try replace(
      recorded, by: recorded.filter { !gone.contains($0) },
      removing: recorded.filter(gone.contains), of: container,
      on: try view.endpoints(of: container.id))
  }

  /// Unpublishes all ports of a container.
  func unpublishAll(of container: Container) throws(ServiceError) {
    let recorded = try view.recordedPorts(of: container)
    if recorded.isEmpty { return }
    try replace(
      recorded, by: [], removing: recorded, of: container,
      on: try view.endpoints(of: container.id))
  }

  private func replace(
    _ recorded: [PublishedPort], by kept: [PublishedPort], removing gone: [PublishedPort],
    of container: Container, on endpoints: [Endpoint]
  ) throws(ServiceError) {
    try repairFirewall()
    let change = PortChange(gone, of: container)
    let before = try view.desiredPorts(recorded, on: endpoints)
    let after = try view.desiredPorts(kept, on: endpoints)
    try stageRemoval(change)
    do throws(ServiceError) {
      try changePorts(of: container, from: before, to: after)
    } catch {
      // What cannot be undone now is completed by the next command.
      attempt { () throws(ServiceError) in
        try changePorts(of: container, from: after, to: before)
        try settle(change, having: recorded)
      }
      throw error
    }
    try record(change, having: kept)
    report(.unpublish, gone, of: container, on: endpoints)
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

extension [PublishedPort] {
  /// Ports with all of their host addresses, which alone decide what is needed besides the elements
  /// of the firewall. That adding one of those again changes nothing spares a comparison of all.
  fileprivate var onePerHostAddress: [PublishedPort] {
    var known: Set<PublishedPort> = []
    return filter { port in
      let place = PublishedPort(
        host: port.host, hostPort: port.hostPort.map { _ in 0 }, transport: .tcp, containerPort: 0)
      return known.insert(place).inserted
    }
  }
}

extension PublishedPort {
  fileprivate var target: PortTarget { PortTarget(transport: transport, port: containerPort) }
}
