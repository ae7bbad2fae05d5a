import Addressing
import KernelModel
import NetworkModel
import StateStore

/// Changes to a container's ports, on record and in the kernel: when they are published or
/// unpublished, when the container's endpoints change, and when an interrupted command left a
/// change unfinished.
extension Transaction {
  /// Updates the kernel for a container's ports, if its table is installed.
  func changePorts(
    of container: Container, from old: DesiredPorts, to new: DesiredPorts
  ) throws(ServiceError) {
    try changePorts(of: [container.id], from: old, to: new)
  }

  /// The same for several containers at once.
  func changePorts(
    of containers: Set<ContainerID>, from old: DesiredPorts, to new: DesiredPorts
  ) throws(ServiceError) {
    guard old != new, try kernel.isFirewallInstalled() else { return }
    var (old, new) = (old, new)
    if old.hairpins != new.hairpins, try !showsBridgedFrames() {
      (old.hairpins, new.hairpins) = ([], [])
    }
    var kept: Set<DesiredPorts.LoopbackAccess> = []
    for access in old.loopback.subtracting(new.loopback)
    where try isNeeded(access, besides: containers) {
      kept.insert(access)
    }
    try perform(new.steps(from: old, keeping: kept))
  }

  // Docker and Kubernetes enable it host-wide, netctl never does.
  private func showsBridgedFrames() throws(ServiceError) -> Bool {
    for family in AddressFamily.allCases {
      let value = try kernel.sysctl(.bridgedFrames(family), in: .host)
      if value == "1" { return true }
    }
    return false
  }

  /// Whether another container's published port still needs this loopback access.
  private func isNeeded(
    _ access: DesiredPorts.LoopbackAccess, besides containers: Set<ContainerID>
  ) throws(ServiceError) -> Bool {
    let taken = try view.portReservations()
    // All ports of one container and family are published by the same endpoint.
    var seen = containers
    for reservation in taken.reservations
    where reservation.port.isOnLoopback && reservation.port.host.family == access.family
      && seen.insert(reservation.container).inserted
    {
      let endpoints = try view.liveEndpoints(of: reservation.container)
      let publishing = try view.publishingEndpoints(among: endpoints)
      if publishing.desired([reservation.port]).loopback.contains(access) { return true }
    }
    return false
  }

  /// Records that a change is complete.
  func record(_ change: PortChange, having ports: [PublishedPort]) throws(ServiceError) {
    try save(ContainerPorts(container: change.container, ports: ports))
    try settle(change, having: ports)
  }

  /// Removes the ports of an unfinished change from the kernel and the records, whichever of the
  /// container's endpoints they were applied to.
  func withdraw(_ change: PortChange, besides unfinished: [Endpoint] = []) throws(ServiceError) {
    let container = change.container
    let endpoints = try view.endpoints(of: container.id)
    let recorded = try view.recordedPorts(of: container)
    let withdrawn = Set(change.ports)
    let kept = recorded.filter { !withdrawn.contains($0) }
    let desired = try view.desiredPorts(kept, on: endpoints)
    var others = DesiredPorts()
    for endpoint in endpoints + unfinished.filter({ $0.container.id == container.id }) {
      let conceivable = try view.desiredPorts(kept + change.ports, on: [endpoint])
      others.formUnion(conceivable.subtracting(desired))
    }
    // Elements that map one port to several endpoints would be rejected as one batch.
    let firewall = try kernel.firewall()
    others.firewall.formIntersection(firewall.elements)
    try changePorts(of: container, from: others, to: desired)
    try record(change, having: kept)
  }

  /// Completes or reverts an interrupted change of ports.
  func recover(_ change: PortChange, besides unfinished: [Endpoint]) throws(ServiceError) {
    let container = change.container
    let attached = try view.endpoints(of: container.id)
    guard let endpoint = change.endpoint, attached.contains(where: { $0.id == endpoint }) else {
      return try withdraw(change, besides: unfinished)
    }
    let recorded = try view.recordedPorts(of: container)
    try settle(change, having: recorded)
  }

  /// Moves the ports of a container that lost an endpoint to one it still has. Ports of a container
  /// that is gone are released, unless it is to keep them; a container without endpoints keeps its
  /// ports, and so does one whose endpoints wait for its start or are requested again by then.
  func movePorts(
    from endpoint: Endpoint, keepingThem isKept: Bool = false
  ) throws(ServiceError) {
    if endpoint.interface == nil { return }
    let container = endpoint.container
    let ports = try view.recordedPorts(of: container)
    let others = try view.liveEndpoints(of: container.id).filter { $0.id != endpoint.id }
    let recorded = try view.endpoints(of: container.id)
    try changePorts(
      of: container,
      from: try view.desiredPorts(ports, on: recorded + [endpoint]),
      to: try view.desiredPorts(ports, on: others))
    if !isKept, !ports.isEmpty, others.isEmpty, !recorded.contains(where: \.container.isStopped),
      !kernel.isPresent(container)
    {
      if endpoint.isRequestedAgain, !kernel.isRemoved(container) {
        return try save(ContainerPorts(container: container.stopped, ports: ports))
      }
      // The endpoint's removal is on record. Whoever completes it reads the ports again, so their
      // list goes after the reservations that it names.
      try settle(PortChange(ports, of: container), having: [])
      try save(ContainerPorts(container: container, ports: []))
    }
  }

  /// Reverts `movePorts` for an endpoint that stays.
  func returnPorts(to endpoint: Endpoint) throws(ServiceError) {
    let container = endpoint.container
    let ports = try view.recordedPorts(of: container)
    let others = try view.liveEndpoints(of: container.id).filter { $0.id != endpoint.id }
    try changePorts(
      of: container, from: try view.desiredPorts(ports, on: others),
      to: try view.desiredPorts(ports, on: others + [endpoint]))
  }
}
