import Addressing
import KernelModel
import NetworkModel
import StateStore

extension NetworkService {
  /// Finds free ports for requests; nothing is recorded yet. What the container has already, and what
  /// none of its `present` endpoints carries, serves first.
  func allocate(
    _ requests: [PortRequest], for container: Container, on endpoints: [Endpoint],
    present: [Endpoint], in state: borrowing LockedState
  ) throws(ServiceError) -> [PublishedPort] {
    guard !requests.isEmpty else { return [] }
    let folder = state.folder
    let recorded = try recordedPorts(of: container, in: state)
    let reached = try carriers(among: present, in: folder)
    var allocation = PortAllocation(
      for: container, carriers: try carriers(among: endpoints, in: folder),
      taken: try stored { () throws(StateError) in try folder.takenPorts() },
      idle: Set(recorded.filter { !reached.carries($0) }),
      automaticPorts: try automaticPorts())
    for request in requests {
      try allocation.allocate(
        request,
        obstacle: { (host, port) throws(ServiceError) in
          try observed { () throws(KernelError) in
            try kernel.obstacle(at: host, request.transport, port: port)
          }
        },
        holder: { kernel.holder(of: $0, request.transport, port: $1) },
        release: { (id) throws(ServiceError) in try forgetPortsIfGone(id, in: state) },
        name: { (id) throws(ServiceError) in
          if id == container.id { return container.name }
          let holder = try stored { () throws(StateError) in try folder.ports(of: id) }
          return holder.map { word(for: $0.container) } ?? id.short
        },
        orThrow: ServiceError.port)
    }
    // A port that is reached by the container's own address is the same whatever port of the host was
    // asked for beside it.
    var known = Set(recorded)
    return allocation.ports.filter { known.insert($0).inserted }
  }

  /// Gives back the ports of a container that is gone; says whether it was.
  private func forgetPortsIfGone(
    _ id: ContainerID, in state: borrowing LockedState
  ) throws(ServiceError) -> Bool {
    let folder = state.folder
    guard let ports = try stored({ () throws(StateError) in try folder.ports(of: id) }) else {
      return false
    }
    // The last one that is forgotten takes the ports with it.
    let living = try livingEndpoints(of: ports.container, in: state)
    if living.isEmpty, !isPresent(ports.container) {
      try record(PortChange(ports), having: [], in: state)
    }
    return try stored { () throws(StateError) in try folder.ports(of: id) == nil }
  }

  // Docker takes automatic ports from those that the kernel gives to clients, without those that
  // the administrator has reserved.
  private func automaticPorts() throws(ServiceError) -> [ClosedRange<UInt16>] {
    let directory = ["net", "ipv4"]
    let (range, reserved) = try observed { () throws(KernelError) in
      (
        try kernel.sysctl(directory + ["ip_local_port_range"], in: .host),
        try kernel.sysctl(directory + ["ip_local_reserved_ports"], in: .host)
      )
    }
    return AutomaticPorts.ranges(range: range ?? "", reserved: reserved ?? "")
  }
}
