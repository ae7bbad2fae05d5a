import Addressing
import KernelModel
import NetworkModel
import StateStore

/// A container's ports change on record and in the kernel: when they are published and taken back, when
/// the container's endpoints change, and when an interrupted command left a change unfinished.
extension NetworkService {
  /// Makes the kernel hold a container's ports as they should be, where it has a table for them.
  func changePorts(
    of container: Container, from old: DesiredPorts, to new: DesiredPorts,
    in state: borrowing LockedState
  ) throws(ServiceError) {
    guard old != new,
      try observed({ () throws(KernelError) in try kernel.isFirewallInstalled() })
    else { return }
    var (old, new) = (old, new)
    if old.hairpins != new.hairpins, try !showsBridgedFrames() {
      (old.hairpins, new.hairpins) = ([], [])
    }
    var kept: Set<DesiredPorts.LoopbackAccess> = []
    for access in old.loopback.subtracting(new.loopback)
    where try isNeeded(access, besides: container, in: state) {
      kept.insert(access)
    }
    try perform(new.steps(from: old, keeping: kept))
  }

  // Docker and Kubernetes switch it on for the whole host, netctl never does.
  private func showsBridgedFrames() throws(ServiceError) -> Bool {
    for family in AddressFamily.allCases {
      let value = try observed { () throws(KernelError) in
        try kernel.sysctl(family.bridgedFramesSysctl, in: .host)
      }
      if value == "1" { return true }
    }
    return false
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
    // Elements that lead one port to several endpoints would be refused together.
    let firewall = try observed { () throws(KernelError) in try kernel.firewall() }
    others.firewall.formIntersection(firewall.elements)
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
    let others = try aliveEndpoints(of: container.id, in: folder).filter { $0.id != endpoint.id }
    let recorded = try stored { () throws(StateError) in try folder.endpoints(of: container.id) }
    try changePorts(
      of: container,
      from: try desiredPorts(ports, on: recorded + [endpoint], in: state),
      to: try desiredPorts(ports, on: others, in: state), in: state)
    if !ports.isEmpty, others.isEmpty, !isPresent(container) {
      let change = PortChange(ContainerPorts(container: container, ports: ports))
      try record(change, having: [], in: state)
    }
  }
}
