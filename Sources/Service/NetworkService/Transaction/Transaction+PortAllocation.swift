import Addressing
import KernelModel
import NetworkModel
import StateStore

extension Transaction {
  /// Finds available ports for requests; nothing is recorded yet. Recorded ports of the container
  /// that none of its `present` endpoints publishes are reused first.
  func allocate(
    _ requests: [PortRequest], for container: Container, on endpoints: [Endpoint],
    present: [Endpoint]
  ) throws(ServiceError) -> [PublishedPort] {
    guard !requests.isEmpty else { return [] }
    let recorded = try view.recordedPorts(of: container)
    let reached = try view.publishingEndpoints(among: present)
    var allocation = PortAllocation(
      for: container, publishingEndpoints: try view.publishingEndpoints(among: endpoints),
      taken: try view.portReservations(),
      idle: Set(recorded.filter { !reached.publishes($0) }),
      automaticPorts: try automaticPorts())
    for request in requests {
      try allocation.allocate(
        request,
        bindFailure: { (host, port) throws(ServiceError) in
          try kernel.bindFailure(at: host, request.transport, port: port)
        },
        portOwner: { kernel.portOwner(of: $0, request.transport, port: $1) },
        release: { (id) throws(ServiceError) in try releasePortsIfGone(id) },
        name: { (id) throws(ServiceError) in
          if id == container.id { return container.name }
          let holder = try view.ports(of: id)
          return holder.map { kernel.word(for: $0.container) } ?? id.short
        },
        orThrow: ServiceError.port)
    }
    // A port reached at the container's own address is the same whatever host port was requested
    // with it.
    var known = Set(recorded)
    return allocation.ports.filter { known.insert($0).inserted }
  }

  /// Releases the ports of a container that is gone; returns whether it was.
  private func releasePortsIfGone(_ id: ContainerID) throws(ServiceError) -> Bool {
    guard let ports = try view.ports(of: id) else {
      return false
    }
    // Removing its last endpoint releases the ports as well.
    let live = try pruningDeadEndpoints(of: ports.container)
    if live.isEmpty, !kernel.isPresent(ports.container) {
      try record(PortChange(ports), having: [])
    }
    return try view.ports(of: id) == nil
  }

  // Docker allocates automatic ports from ip_local_port_range, without the administrator's
  // ip_local_reserved_ports.
  private func automaticPorts() throws(ServiceError) -> [ClosedRange<UInt16>] {
    let directory = ["net", "ipv4"]
    let (range, reserved) = (
      try kernel.sysctl(directory + ["ip_local_port_range"], in: .host),
      try kernel.sysctl(directory + ["ip_local_reserved_ports"], in: .host)
    )
    return AutomaticPorts.ranges(range: range ?? "", reserved: reserved ?? "")
  }
}
