package import Addressing
import SystemErrors

/// Next hops and limits.
extension TracePath {
  /// A next hop that is known by another hardware address than its owner has.
  var atWrongNeighbor: TraceConclusion? {
    let hasLeft = exit.map { !$0.leadsToContainer } ?? false
    if !isInbound, !hasLeft, let route = observation.containerRoute?.route,
      let link = container.link(route.link)
    {
      let next = route.gateway ?? observation.probe.destination
      let owner = host.owns(next) ? bridge : observation.peer?.owns(next) == true ? peerLink : nil
      if let found = wrongNeighbor(.container, [next], link, owner?.mac) { return found }
    }
    guard let bridge, let link = containerLink else { return nil }
    let own = container.addresses(of: link.index, observation.probe.family).map(\.address)
    return wrongNeighbor(.host, own, bridge, link.mac)
  }

  private func wrongNeighbor(
    _ side: TraceSide, _ addresses: [IPAddress], _ link: LinkFacts, _ owner: MACAddress?
  ) -> TraceConclusion? {
    let entry = observation[side].neighbors.first {
      $0.link == link.index && addresses.contains($0.address) && $0.mac != nil && $0.mac != owner
    }
    guard let entry, let owner else { return nil }
    return stopped(.state, .probe, .wrongNeighbor(side, entry, link: link, owner: owner))
  }

  var atNextHops: TraceConclusion? {
    if !isInbound, !hasEnteredHost, let found = containerNextHop { return found }
    guard exit == nil, !hasEnteredContainer else { return nil }
    guard let route = observation.hostRoute?.route, !route.isLocal,
      let link = host.link(route.link)
    else { return nil }
    if !link.isUp { return stopped(.state, .probe, .linkDown(.host, link)) }
    if let size = observation.request.size, size > link.mtu {
      return stopped(.state, .probe, .tooBig(mtu: link.mtu, link: link, sender: nil))
    }
    if !link.hasCarrier { return stopped(.state, .probe, .noCarrier(link)) }
    let next = route.gateway ?? lastForm.destination
    guard host.isUnanswered(next, on: link.index) else { return nil }
    return stopped(.seen, .probe, .silentNextHop(.host, next, link: link))
  }

  private var containerNextHop: TraceConclusion? {
    guard let route = observation.containerRoute?.route, let link = container.link(route.link)
    else { return nil }
    let next = route.gateway ?? observation.probe.destination
    if let size = observation.request.size, size > link.mtu {
      return stopped(.state, .probe, .tooBig(mtu: link.mtu, link: link, sender: nil))
    }
    guard container.isUnanswered(next, on: link.index) else { return nil }
    if let port = hostEnd(of: link), port.isIsolated, let bridge, !host.owns(next) {
      return stopped(.state, .probe, .isolatedPort(port, bridge: bridge))
    }
    // It also drops ARP requests from a source that it would drop.
    if host.owns(next), let bridge, strictness(observation.probe.family, bridge) > 0,
      case .refused(.invalidArgument)? = observation.hostRoute,
      case .route? = observation.hostRouteWithoutInput
    {
      return reversePath(.probe, bridge, observation.probe.source)
    }
    if route.gateway != nil, let expected = expectedGateway(of: link), expected != next {
      return stopped(.seen, .probe, .wrongGateway(next, expected: expected, link: link))
    }
    return stopped(.seen, .probe, .silentNextHop(.container, next, link: link))
  }

  /// The address of the container's bridge in the container's subnet.
  package func expectedGateway(of link: LinkFacts) -> IPAddress? {
    guard let bridge else { return nil }
    let subnets = container.addresses(of: link.index, observation.probe.family)
    return host.addresses(of: bridge.index, observation.probe.family).map(\.address)
      .first { address in
        !address.isLinkLocalUnicast && subnets.contains { $0.contains(address) }
      }
  }

  var atLimits: TraceConclusion? {
    if observation.failure == .messageTooLong {
      let mtu = containerLink?.mtu ?? 0
      return stopped(.kernel, .probe, .tooBig(mtu: mtu, link: containerLink, sender: nil))
    }
    if exit == nil, let size = observation.request.size,
      let link = linksOnTheWay.first(where: { $0.mtu < size })
    {
      return stopped(.state, .probe, .tooBig(mtu: link.mtu, link: link, sender: nil))
    }
    guard exit == nil, host.counters["conntrack.drop"] ?? 0 > 0,
      let count = host.sysctl("netfilter/nf_conntrack_count"),
      let limit = host.sysctl("netfilter/nf_conntrack_max"), count >= limit
    else { return nil }
    return stopped(.kernel, .probe, .conntrackFull(count: count, limit: limit))
  }

  /// The links that the probe passes, in order.
  private var linksOnTheWay: [LinkFacts] {
    let inner = containerLink
    let outer = host.link(observation.hostRoute?.route?.link)
    return [inner, inner.flatMap(hostEnd), bridge, outer].compactMap(\.self)
  }
}
