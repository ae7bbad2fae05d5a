import Addressing
import KernelModel
import NetworkModel
import StateStore

extension Transaction {
  /// Finds available ports for requests; nothing is recorded yet. Recorded ports of the container
  /// that none of its `present` endpoints publishes are reused first; where no other port is left,
  /// those of containers that are gone are released.
  func allocateOrReclaim(
    _ requests: [PortRequest], for container: Container, on endpoints: [Endpoint],
    present: [Endpoint]
  ) throws(ServiceError) -> [PublishedPort] {
    guard !requests.isEmpty else { return [] }
    let recorded = try view.recordedPorts(of: container)
    let reached = try view.publishingEndpoints(among: present)
    var allocation = PortAllocation(
      for: container, publishingEndpoints: try view.publishingEndpoints(among: endpoints),
      taken: try view.portReservations(),
      unrouted: Set(recorded.filter { !reached.publishes($0) }),
      automaticPorts: try automaticPorts())
    for request in requests { try allocateOrReclaim(request, to: container, from: &allocation) }
    // A port reached at the container's own address is the same whatever host port was requested
    // with it.
    var known = Set(recorded)
    return allocation.ports.filter { known.insert($0).inserted }
  }

  private func allocateOrReclaim(
    _ request: PortRequest, to container: Container, from allocation: inout PortAllocation
  ) throws(ServiceError) {
    let demand = try checked { () throws(PortError) in try allocation.demand(of: request) }
    if demand.bound.isEmpty { return allocation.add(nil, for: demand) }
    if let port = allocation.unroutedPort(for: demand) { return allocation.add(port, for: demand) }
    // Ports of containers that are gone are only reclaimed when no other is left.
    for isThorough in demand.isFixed ? [true] : [false, true] {
      for port in demand.candidates.joined() {
        let conflict = try conflict(over: port, demand, reclaiming: isThorough, in: &allocation)
        guard let conflict else { return allocation.add(port, for: demand) }
        if demand.isFixed {
          throw .port(try error(of: conflict, over: port, request, for: container))
        }
      }
    }
    throw .port(.noneFree(request))
  }

  /// Why a host port is not available; nil when it is. With `reclaiming`, the ports of containers
  /// that are gone are released.
  private func conflict(
    over port: UInt16, _ demand: PortAllocation.Demand, reclaiming: Bool,
    in allocation: inout PortAllocation
  ) throws(ServiceError) -> PortConflict? {
    for host in demand.bound {
      while let reservation = allocation.conflict(with: demand.published(host, port)) {
        guard reclaiming, try releasePortsIfGone(reservation.container) else {
          return .container(reservation.container, host: host)
        }
        allocation.release(reservation.container)
      }
      let failure = try kernel.bindFailure(at: host, demand.request.transport, port: port)
      if let failure { return .host(failure, host: host) }
    }
    return nil
  }

  private func error(
    of conflict: PortConflict, over port: UInt16, _ request: PortRequest, for container: Container
  ) throws(ServiceError) -> PortError {
    switch conflict {
    case .container(container.id, let host):
      return .taken(host: host, port: port, by: container.name)
    case .container(let id, let host):
      let holder = try view.ports(of: id)?.container
      return .taken(host: host, port: port, by: holder.map(kernel.reference) ?? id.short)
    case .host(let failure, let host):
      return .obstructed(
        host: host, port: port, request, failure,
        by: failure == .inUse
          ? kernel.portOwner(of: host, request.transport, port: port) : nil)
    }
  }

  /// Releases the ports of a container that is gone; returns whether it was.
  @discardableResult
  func releasePortsIfGone(_ id: ContainerID) throws(ServiceError) -> Bool {
    guard let ports = try view.ports(of: id) else { return false }
    // Removing its last endpoint releases the ports as well.
    let live = try pruningDeadEndpoints(of: ports.container)
    // Those of a stopped container wait for its start, also without an endpoint.
    let isKept =
      try !view.waitingEndpoints(of: id).isEmpty
      || ports.container.isStopped && !kernel.isRemoved(ports.container)
    if live.isEmpty, !isKept, !kernel.isPresent(ports.container) {
      try record(PortChange(ports.ports, of: ports.container), having: [])
    }
    return try view.ports(of: id) == nil
  }

  // Docker allocates automatic ports from ip_local_port_range, without the administrator's
  // ip_local_reserved_ports.
  private func automaticPorts() throws(ServiceError) -> [ClosedRange<UInt16>] {
    let (range, reserved) = (
      try kernel.sysctl(.localPortRange, in: .host),
      try kernel.sysctl(.localReservedPorts, in: .host)
    )
    return AutomaticPorts.ranges(range: range ?? "", reserved: reserved ?? "")
  }
}

/// Why a host port is not available.
private enum PortConflict {
  case container(ContainerID, host: IPAddress)
  case host(PortUnavailability, host: IPAddress)
}
