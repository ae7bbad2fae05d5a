import Addressing
import KernelModel
import NetworkModel
import StateStore

/// Changes to a container's ports, on record and in the kernel: when they are published or
/// unpublished, when the container's endpoints change, and when an interrupted command left a
/// change unfinished.
extension NetworkService {
  /// Updates the kernel for a container's ports, if its table is installed.
  func changePorts(
    of container: Container, from old: DesiredPorts, to new: DesiredPorts,
    in state: borrowing LockedState
  ) throws(ServiceError) {
    guard old != new, try isFirewallInstalled() else { return }
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

  // Docker and Kubernetes enable it host-wide, netctl never does.
  private func showsBridgedFrames() throws(ServiceError) -> Bool {
    for family in AddressFamily.allCases {
      let value = try observed { () throws(KernelError) in
        try kernel.sysctl(family.bridgedFramesSysctl, in: .host)
      }
      if value == "1" { return true }
    }
    return false
  }

  /// Whether another container's published port still needs this loopback access.
  private func isNeeded(
    _ access: DesiredPorts.LoopbackAccess, besides container: Container,
    in state: borrowing LockedState
  ) throws(ServiceError) -> Bool {
    let folder = state.folder
    let taken = try stored { () throws(StateError) in try folder.portReservations() }
    // All ports of one container and family are published by the same endpoint.
    var seen: Set<ContainerID> = [container.id]
    for reservation in taken.reservations
    where reservation.port.isOnLoopback && reservation.port.host.family == access.family
      && seen.insert(reservation.container).inserted
    {
      let endpoints = try liveEndpoints(of: reservation.container, in: folder)
      let desired = try publishingEndpoints(among: endpoints, in: folder).desired([reservation.port]
      )
      if desired.loopback.contains(access) { return true }
    }
    return false
  }

  /// Records that a change is complete.
  func record(
    _ change: PortChange, having ports: [PublishedPort], in state: borrowing LockedState
  ) throws(ServiceError) {
    try stored { () throws(StateError) in
      try state.save(ContainerPorts(container: change.ports.container, ports: ports))
      try state.settle(change, having: ports)
    }
  }

  /// Removes the ports of an unfinished change from the kernel and the records, whichever of the
  /// container's endpoints they were applied to.
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
    // Elements that map one port to several endpoints would be rejected as one batch.
    let firewall = try observed { () throws(KernelError) in try kernel.firewall() }
    others.firewall.formIntersection(firewall.elements)
    try changePorts(of: container, from: others, to: desired, in: state)
    try record(change, having: kept, in: state)
  }

  /// Completes or reverts an interrupted change of ports.
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
    try stored { () throws(StateError) in try state.settle(change, having: recorded) }
  }

  /// Moves the ports of a container that lost an endpoint to one it still has. Ports of a container
  /// that is gone are released; a container without endpoints keeps its ports.
  func movePorts(
    from endpoint: Endpoint, in state: borrowing LockedState
  ) throws(ServiceError) {
    if endpoint.interface == nil { return }
    let (container, folder) = (endpoint.container, state.folder)
    let ports = try recordedPorts(of: container, in: state)
    let others = try liveEndpoints(of: container.id, in: folder).filter { $0.id != endpoint.id }
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

  /// Reverts `movePorts` for an endpoint that stays.
  func returnPorts(
    to endpoint: Endpoint, in state: borrowing LockedState
  ) throws(ServiceError) {
    let (container, folder) = (endpoint.container, state.folder)
    let ports = try recordedPorts(of: container, in: state)
    let others = try liveEndpoints(of: container.id, in: folder).filter { $0.id != endpoint.id }
    try changePorts(
      of: container, from: try desiredPorts(ports, on: others, in: state),
      to: try desiredPorts(ports, on: others + [endpoint], in: state), in: state)
  }
}
