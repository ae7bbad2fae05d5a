import Addressing
import SystemErrors

/// Addresses and routes, of the container and of the host.
extension TracePath {
  /// A destination that the host has no way to.
  var bypassesHost: TraceConclusion? {
    let isFromHost = observation.request.origin == .host && !hasEnteredContainer
    let side: TraceSide = isFromHost ? .container : .peer
    guard isFromHost || observation.peer != nil && !hasEnteredPeer && answers.isEmpty,
      let owner = observation[side].addresses.first(where: {
        $0.prefix.address == lastForm.destination
      })?.link,
      let link = observation[side].link(owner), link.bypassesHost
    else { return nil }
    // On the same link, containers reach each other.
    if side == .peer, containerLink?.bypassesHost == true { return nil }
    return stopped(.state, .probe, .bypassesHost(side, link: link))
  }

  /// A link without the address that the packet or its answer needs.
  var withoutAddress: TraceConclusion? {
    let (family, form) = (observation.probe.family, lastForm)
    if isInbound {
      let isForContainer =
        hasEnteredContainer || host.isUnanswered(form.destination, on: bridge?.index)
      if isForContainer, !container.owns(form.destination), let link = containerLink {
        return stopped(.state, .probe, .noAddress(.container, form.destination, link: link))
      }
    } else {
      if case .refused? = observation.containerRoute, let link = containerLink, link.isUp,
        !container.hasAddress(on: link.index, family)
      {
        return stopped(.state, .probe, .noAddress(.container, nil, link: link))
      }
      if let peer = observation.peer, let link = peerLink, !peer.owns(form.destination),
        hasEnteredPeer || isUnanswered(form.destination)
      {
        return stopped(.state, .probe, .noAddress(.peer, form.destination, link: link))
      }
    }
    guard let bridge, bridge.kind == .bridge, !host.hasAddress(on: bridge.index, family),
      isInbound ? !hasEnteredContainer : observation.containerRoute?.route?.gateway != nil,
      sightings(.answer, .container).isEmpty, !hasEnteredPeer
    else { return nil }
    return stopped(
      .state, answers.isEmpty ? .probe : .answer,
      .noAddress(.host, observation.containerRoute?.route?.gateway, link: bridge))
  }

  private func isUnanswered(_ address: IPAddress) -> Bool {
    host.isUnanswered(address, on: nil) || container.isUnanswered(address, on: nil)
  }

  var inContainerRoutes: TraceConclusion? {
    guard !isInbound else { return nil }
    guard case .refused(let errno)? = observation.containerRoute else { return nil }
    let target = observation.probe.destination
    if errno != .networkUnreachable, rejecting(container, target) == nil,
      let rule = container.policyRules.first(where: {
        $0.table == 0 && $0.family == target.family
      })
    {
      return stopped(.kernel, .probe, .rejectingRule(.container, rule))
    }
    switch errno {
    case .permissionDenied, .invalidArgument:
      return stopped(
        .kernel, .probe,
        .rejectingRoute(.container, rejecting(container, observation.probe.destination)))
    case .hostUnreachable:
      if let route = rejecting(container, observation.probe.destination) {
        return stopped(.kernel, .probe, .rejectingRoute(.container, route))
      }
      return stopped(.kernel, .probe, .noContainerRoute)
    default: return stopped(.kernel, .probe, .noContainerRoute)
    }
  }

  private func rejecting(_ facts: NamespaceFacts, _ address: IPAddress) -> RejectingRoute? {
    facts.rejectingRoutes.filter { $0.prefix.contains(address) }
      .max { $0.prefix.length < $1.prefix.length }
  }

  var inHostRoutes: TraceConclusion? {
    if let found = notPublished { return found }
    if exit == nil, !hasEnteredContainer, !isDeliveredToHost, hasEnteredHost {
      if let found = routing(
        observation.hostRoute, withoutInput: observation.hostRouteWithoutInput, .probe,
        from: inputLink(.probe), source: observation.probe.source, to: lastForm.destination)
      {
        return found
      }
    }
    guard let arrival = answerArrival, answerWasNotForwarded else { return nil }
    let form = observation.probe
    return routing(
      observation.answerRoute, withoutInput: observation.answerRouteWithoutInput, .answer,
      from: arrival, source: form.destination, to: form.source)
  }

  /// A probe from outside that was delivered to the host itself, where nothing answered it.
  private var notPublished: TraceConclusion? {
    guard isInbound, isDeliveredToHost, !hasEnteredContainer,
      !container.owns(lastForm.destination), observation.request.origin != .host
    else { return nil }
    return stopped(
      .state, .probe,
      .notPublished(holder: host.listeners.first { $0.serves(observation.probe.destination) }))
  }

  var hasEnteredHost: Bool { !sightings(.probe, .host).isEmpty }

  private func routing(
    _ answer: RouteAnswer?, withoutInput: RouteAnswer?, _ direction: TraceDirection,
    from input: LinkFacts?, source: IPAddress, to destination: IPAddress
  ) -> TraceConclusion? {
    let family = source.family
    if let input, isForwardingOff(family, input) {
      let isGlobal = host.sysctl("\(family.sysctlFolder)/conf/all/forwarding") == 0
      return stopped(.kernel, direction, .forwardingOff(link: isGlobal ? nil : input))
    }
    guard case .refused(let errno)? = answer else { return nil }
    switch errno {
    case .networkUnreachable, .hostUnreachable, .permissionDenied:
      let cause = downUplink.map { TraceCause.linkDown(.host, $0) } ?? .noHostRoute(bare: bareLink)
      return stopped(.kernel, direction, rejecting(destination) ?? cause)
    case .invalidArgument:
      if case .route? = withoutInput, let input, strictness(family, input) > 0 {
        return reversePath(direction, input, source)
      }
      return stopped(
        .kernel, direction, rejecting(destination) ?? .rejectingRoute(.host, nil))
    default: return nil
    }
  }

  /// The route or policy rule of the host that rejects packets to an address.
  private func rejecting(_ address: IPAddress) -> TraceCause? {
    if let route = rejecting(host, address) { return .rejectingRoute(.host, route) }
    return host.policyRules.first { $0.table == 0 && $0.family == address.family }
      .map { .rejectingRule(.host, $0) }
  }

  /// The only link that is down and has addresses: its routes are gone.
  private var downUplink: LinkFacts? {
    let down = host.links.filter { link in
      !link.isUp && link.kind != .bridge && link.master == nil
        && host.addresses.contains { $0.link == link.index }
    }
    return down.count == 1 ? down[0] : nil
  }

  /// The only link to the outside that has no address of the family: its routes are gone.
  private var bareLink: LinkFacts? {
    let bare = host.links.filter { link in
      link.isUp && link.name != "lo" && link.kind != .bridge && link.master == nil
        && !host.hasAddress(on: link.index, observation.probe.family)
    }
    return bare.count == 1 ? bare[0] : nil
  }

  func reversePath(
    _ direction: TraceDirection, _ input: LinkFacts, _ source: IPAddress
  ) -> TraceConclusion {
    stopped(
      .kernel, direction,
      .reversePathFilter(link: input, source: source, expected: nil))
  }

  private func isForwardingOff(_ family: AddressFamily, _ input: LinkFacts) -> Bool {
    guard !host.owns(lastForm.destination) else { return false }
    let all = host.sysctl("\(family.sysctlFolder)/conf/all/forwarding") == 0
    switch family {
    // IPv6 only has a switch for all links; that of a link is about router advertisements.
    case .ipv6: return all
    case .ipv4: return host.sysctl("ipv4/conf/\(input.name)/forwarding") == 0
    }
  }

  /// The effective rp_filter of a link: the higher of its own and that of all.
  func strictness(_ family: AddressFamily, _ link: LinkFacts) -> Int {
    guard family == .ipv4 else { return 0 }
    return max(
      host.sysctl("ipv4/conf/all/rp_filter") ?? 0,
      host.sysctl("ipv4/conf/\(link.name)/rp_filter") ?? 0)
  }

  /// The link by which the IP layer of the host got the probe or the answer.
  package func inputLink(_ direction: TraceDirection) -> LinkFacts? {
    let incoming = sightings(direction, .host).filter { !$0.isOutgoing }
      .compactMap { host.link($0.link) }
    return incoming.last { $0.master == nil || $0.kind == .bridge } ?? incoming.last
  }

  /// The link on which the answer came back to the host, from outside.
  private var answerArrival: LinkFacts? {
    guard !isInbound, !answers.isEmpty else { return nil }
    return inputLink(.answer)
  }

  var answerWasNotForwarded: Bool {
    !sightings(.answer, .host).contains(where: \.isOutgoing)
      && sightings(.answer, .container).isEmpty
  }
}

extension AddressFamily {
  /// The directory of its sysctls under `net`.
  package var sysctlFolder: String {
    switch self {
    case .ipv4: "ipv4"
    case .ipv6: "ipv6"
    }
  }

  /// The sysctl that limits how many routers packets by a link may pass.
  package func hopLimitSysctl(_ link: String) -> String {
    switch self {
    case .ipv4: "ipv4/ip_default_ttl"
    case .ipv6: "ipv6/conf/\(link)/hop_limit"
    }
  }
}
