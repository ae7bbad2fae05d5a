import Addressing
import Drivers
public import KernelModel
public import NetworkModel
import StateStore

extension NetworkService {
  /// Publishes ports of a container that is connected; gives them. All of them or none.
  public func publish(
    _ requests: [PortRequest], on reference: String
  ) throws(ServiceError) -> [PublishedPort] {
    let (container, _) = try openContainer(reference)
    return try transaction { (state) throws(ServiceError) in
      let endpoints = try livingEndpoints(of: container, in: state)
      let ports = try allocate(requests, for: container, on: endpoints, in: state)
      try repairFirewall(in: state)
      let change = PortChange(ContainerPorts(container: container, ports: ports))
      do throws(ServiceError) {
        try stored { () throws(StateError) in try state.begin(change) }
        let recorded = try recordedPorts(of: container, in: state)
        try changePorts(
          of: container, from: try desiredPorts(recorded, on: endpoints, in: state),
          to: try desiredPorts(recorded + ports, on: endpoints, in: state), in: state)
        try record(change, having: recorded + ports, in: state)
      } catch {
        // What cannot be undone now is undone by the next command.
        try? withdraw(change, in: state)
        throw error
      }
      return ports
    }
  }

  /// Takes back the ports of a container that came of such requests, or may have. Each must name
  /// one at least; all of them or none.
  public func unpublish(
    _ requests: [PortRequest], of reference: String
  ) throws(ServiceError) {
    let (container, _) = try openContainer(reference)
    try transaction { (state) throws(ServiceError) in
      let endpoints = try livingEndpoints(of: container, in: state)
      let recorded = try recordedPorts(of: container, in: state)
      let (gone, kept) = try divide(recorded, by: requests, of: container)
      try repairFirewall(in: state)
      let change = PortChange(
        ContainerPorts(container: container, ports: gone))
      let before = try desiredPorts(recorded, on: endpoints, in: state)
      let after = try desiredPorts(kept, on: endpoints, in: state)
      try stored { () throws(StateError) in try state.begin(change) }
      do throws(ServiceError) {
        try changePorts(of: container, from: before, to: after, in: state)
      } catch {
        // What cannot be undone now is completed by the next command.
        if (try? changePorts(of: container, from: after, to: before, in: state)) != nil {
          try? state.end(change, having: recorded)
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
    // One that has no port of the host stays as long as another of its container port does.
    let needed = Set(recorded.filter { !gone.contains($0) && $0.hostPort != nil }.map(\.target))
    gone = gone.filter { $0.hostPort != nil || !needed.contains($0.target) }
    return (recorded.filter { gone.contains($0) }, recorded.filter { !gone.contains($0) })
  }

  /// The published ports of a container that are reached now, without waiting for a change that is
  /// under way.
  public func ports(of reference: String) throws(ServiceError) -> ContainerPorts {
    let (container, _) = try openContainer(reference)
    let folder = try openState()
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

  private func portsOfContainers(
    unreadable: (ServiceError) throws(ServiceError) -> Void
  ) throws(ServiceError) -> [ContainerPorts] {
    let folder = try openState()
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

  /// The published ports that an endpoint carries now.
  public func ports(of endpoint: Endpoint) throws(ServiceError) -> [PublishedPort] {
    let folder = try openState()
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
        guard case .inUse(let process) = obstacle else { continue }
        shadowed.append(
          ShadowedPort(container: ports.container, port: port, process: process))
      }
    }
    return shadowed
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

  private func aliveEndpoints(
    of container: ContainerID, in folder: StateFolder
  ) throws(ServiceError) -> [Endpoint] {
    let recorded = try stored { () throws(StateError) in try folder.endpoints(of: container) }
    var alive: [Endpoint] = []
    for endpoint in recorded where try isAlive(endpoint) { alive.append(endpoint) }
    return alive
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

/// What publishing has in common with connecting, disconnecting and recovery.
extension NetworkService {
  /// Finds free ports for requests; nothing is recorded yet.
  func allocate(
    _ requests: [PortRequest], for container: Container, on endpoints: [Endpoint],
    in state: borrowing LockedState
  ) throws(ServiceError) -> [PublishedPort] {
    guard !requests.isEmpty else { return [] }
    let folder = state.folder
    var allocation = PortAllocation(
      for: container, carriers: try carriers(among: endpoints, in: folder),
      taken: try stored { () throws(StateError) in try folder.takenPorts() },
      automaticPorts: try automaticPorts())
    for request in requests {
      try allocation.allocate(
        request,
        obstacle: { (host, port) throws(ServiceError) in
          try observed { () throws(KernelError) in
            try kernel.obstacle(at: host, request.transport, port: port)
          }
        },
        release: { (id) throws(ServiceError) in try forgetPortsIfGone(id, in: state) },
        name: { (id) throws(ServiceError) in
          if id == container.id { return container.name }
          let holder = try stored { () throws(StateError) in try folder.ports(of: id) }
          return holder?.container.name ?? id.short
        },
        orThrow: ServiceError.port)
    }
    // A port that is reached by the container's own address is the same whatever port of the host was
    // asked for beside it.
    var known = Set(try recordedPorts(of: container, in: state))
    return allocation.ports.filter { known.insert($0).inserted }
  }

  /// What the kernel should hold for a container's ports when it has these endpoints.
  func desiredPorts(
    _ ports: [PublishedPort], on endpoints: [Endpoint], in state: borrowing LockedState
  ) throws(ServiceError) -> DesiredPorts {
    guard !ports.isEmpty else { return DesiredPorts() }
    return try carriers(among: endpoints, in: state.folder).desired(ports)
  }

  /// The ports of a container on record.
  func recordedPorts(
    of container: Container, in state: borrowing LockedState
  ) throws(ServiceError) -> [PublishedPort] {
    let folder = state.folder
    return try stored { () throws(StateError) in try folder.ports(of: container.id)?.ports ?? [] }
  }

  /// Makes the kernel hold a container's ports as they should be, where it has a table for them.
  func changePorts(
    of container: Container, from old: DesiredPorts, to new: DesiredPorts,
    in state: borrowing LockedState
  ) throws(ServiceError) {
    guard old != new,
      try observed({ () throws(KernelError) in try kernel.isFirewallInstalled() })
    else { return }
    var (old, new) = (old, new)
    if try !showsBridgedFrames() { (old.hairpins, new.hairpins) = ([], []) }
    var kept: Set<DesiredPorts.LoopbackAccess> = []
    for access in old.loopback.subtracting(new.loopback)
    where try isNeeded(access, besides: container, in: state) {
      kept.insert(access)
    }
    try perform(new.steps(from: old, keeping: kept))
  }

  // Docker and Kubernetes switch it on for the whole host, netctl never does.
  private func showsBridgedFrames() throws(ServiceError) -> Bool {
    for name in ["bridge-nf-call-iptables", "bridge-nf-call-ip6tables"] {
      let value = try observed { () throws(KernelError) in
        try kernel.sysctl(["net", "bridge", name], in: .host)
      }
      if value == "1" { return true }
    }
    return false
  }

  /// Records that a change is done.
  func record(
    _ change: PortChange, having ports: [PublishedPort], in state: borrowing LockedState
  ) throws(ServiceError) {
    try stored { () throws(StateError) in
      try state.save(ContainerPorts(container: change.ports.container, ports: ports))
      try state.end(change, having: ports)
    }
  }

  /// Takes ports of an unfinished change out of the kernel and out of the records, whichever of the
  /// container's endpoints they were realised on.
  func withdraw(
    _ change: PortChange, besides unfinished: [Endpoint] = [], in state: borrowing LockedState
  ) throws(ServiceError) {
    let container = change.ports.container
    let folder = state.folder
    let endpoints = try stored { () throws(StateError) in try folder.endpoints(of: container.id) }
    let recorded = try recordedPorts(of: container, in: state)
    let withdrawn = Set(change.ports.ports)
    let kept = recorded.filter { !withdrawn.contains($0) }
    let desired = try desiredPorts(kept, on: endpoints, in: state)
    var others = DesiredPorts()
    for endpoint in endpoints + unfinished.filter({ $0.container.id == container.id }) {
      let conceivable = try desiredPorts(
        kept + change.ports.ports, on: [endpoint], in: state)
      others.formUnion(conceivable.subtracting(desired))
    }
    try changePorts(of: container, from: others, to: desired, in: state)
    try record(change, having: kept, in: state)
  }

  /// Finishes or takes back what an interrupted command left of a change.
  func recover(
    _ change: PortChange, besides unfinished: [Endpoint], in state: borrowing LockedState
  ) throws(ServiceError) {
    let container = change.ports.container
    let folder = state.folder
    let attached = try stored { () throws(StateError) in try folder.endpoints(of: container.id) }
    guard let endpoint = change.endpoint, attached.contains(where: { $0.id == endpoint }) else {
      return try withdraw(change, besides: unfinished, in: state)
    }
    let recorded = try recordedPorts(of: container, in: state)
    try stored { () throws(StateError) in try state.end(change, having: recorded) }
  }

  /// Moves the ports of a container that has lost an endpoint to one that it still has. Those of a
  /// container that is gone are free again; a container without endpoints keeps its ports.
  func movePorts(
    from endpoint: Endpoint, in state: borrowing LockedState
  ) throws(ServiceError) {
    let (container, folder) = (endpoint.container, state.folder)
    let ports = try recordedPorts(of: container, in: state)
    guard !ports.isEmpty else { return }
    let others = try aliveEndpoints(of: container.id, in: folder).filter { $0.id != endpoint.id }
    let recorded = try stored { () throws(StateError) in try folder.endpoints(of: container.id) }
    try changePorts(
      of: container,
      from: try desiredPorts(ports, on: recorded + [endpoint], in: state),
      to: try desiredPorts(ports, on: others, in: state), in: state)
    if others.isEmpty, !isPresent(container) {
      let change = PortChange(ContainerPorts(container: container, ports: ports))
      try record(change, having: [], in: state)
    }
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

  private func carriers(
    among endpoints: [Endpoint], in folder: StateFolder
  ) throws(ServiceError) -> PortCarriers {
    try PortCarriers(among: endpoints) { (endpoint) throws(ServiceError) in
      let network = try stored { () throws(StateError) in try folder.network(endpoint.network) }
      return try optioned { () throws(OptionError) in try network?.makeDriver() }
    }
  }

  /// Whether a port of another container needs the way.
  private func isNeeded(
    _ access: DesiredPorts.LoopbackAccess, besides container: Container,
    in state: borrowing LockedState
  ) throws(ServiceError) -> Bool {
    let folder = state.folder
    let taken = try stored { () throws(StateError) in try folder.takenPorts() }
    // All ports of a container and a family have the same carrier.
    var seen: Set<ContainerID> = [container.id]
    for marker in taken.markers
    where marker.port.isOnLoopback && marker.port.host.family == access.family
      && seen.insert(marker.container).inserted
    {
      let endpoints = try aliveEndpoints(of: marker.container, in: folder)
      let desired = try carriers(among: endpoints, in: folder).desired([marker.port])
      if desired.loopback.contains(access) { return true }
    }
    return false
  }

  /// What the kernel should hold for all published ports, but for those that depend on a document
  /// that cannot be read: where they would lead is not known.
  func portsOnRecord(in folder: StateFolder) throws(ServiceError) -> DesiredPorts {
    var ports = DesiredPorts()
    for container in try containersWithPorts(in: folder) {
      do throws(ServiceError) {
        ports.formUnion(try desiredPorts(ofContainer: container, in: folder))
      } catch {
        guard case .state = error else { throw error }
      }
    }
    return ports
  }

  /// Every container that has ports on record.
  func containersWithPorts(in folder: StateFolder) throws(ServiceError) -> [ContainerID] {
    try stored { () throws(StateError) in try folder.takenPorts() }.containers.sorted()
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

/// What a port leads to in its container.
private struct PortTarget: Hashable {
  let transport: Transport
  let port: UInt16
}

extension PublishedPort {
  fileprivate var target: PortTarget { PortTarget(transport: transport, port: containerPort) }
}
