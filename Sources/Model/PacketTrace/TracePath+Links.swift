import Addressing

/// Links and ports on the way.
extension TracePath {
  /// A link or port of the container that does not pass packets, if the packet went no further.
  var atLinks: TraceConclusion? {
    let destination = observation.probe.destination
    if !isInbound, destination.isLoopback || container.owns(destination),
      let loopback = container.links.first(where: { $0.name == "lo" }), !loopback.isUp
    {
      return stopped(.state, .probe, .linkDown(.container, loopback))
    }
    if !hasPassedBridge, let link = downLink ?? containerLink,
      let found = at(link, of: .container)
    {
      return found
    }
    guard !hasEnteredPeer, exit.map({ $0.leadsToContainer }) != false, let link = peerLink else {
      return nil
    }
    return at(link, of: .peer)
  }

  /// A link of a container, its end in the host or its port that does not pass packets.
  private func at(_ link: LinkFacts, of side: TraceSide) -> TraceConclusion? {
    if !link.isUp { return stopped(.state, .probe, .linkDown(side, link)) }
    if let parent = parent(of: link) {
      if !parent.isUp { return stopped(.state, .probe, .linkDown(.host, parent)) }
      return parent.hasCarrier ? nil : stopped(.state, .probe, .noCarrier(parent))
    }
    guard let end = hostEnd(of: link) else { return nil }
    if !end.isUp { return stopped(.state, .probe, .linkDown(.host, end)) }
    guard let master = host.link(end.master) else {
      return bridge.map { stopped(.state, .probe, .offBridge(end, bridge: $0)) }
        ?? orphanedPort(end)
    }
    if !master.isUp { return stopped(.state, .probe, .linkDown(.host, master)) }
    if let state = end.portState, state != .forwarding {
      return stopped(.state, .probe, .portState(end, bridge: master))
    }
    return nil
  }

  /// A port whose bridge cannot be told, because netctl made the link and it has no master.
  private func orphanedPort(_ end: LinkFacts) -> TraceConclusion? {
    guard end.isOfEndpoint else { return nil }
    return stopped(.state, .probe, .offBridge(end, bridge: nil))
  }

  /// A container's link that is down and has the only way to the destination. Routes go with it.
  private var downLink: LinkFacts? {
    guard observation.failedAtOnce || observation.containerRoute?.route == nil, !isInbound else {
      return nil
    }
    return container.links.first { !$0.isUp && isWayOut($0) }
  }

  /// Whether the probe was seen beyond the container's own link, bridge and port.
  private var hasPassedBridge: Bool {
    if isInbound { return hasEnteredContainer }
    return sightings(.probe, .host).contains { sighting in
      guard let link = host.link(sighting.link) else { return false }
      return link.kind == .bridge ? !sighting.isOutgoing : sighting.isOutgoing
    }
  }
}
