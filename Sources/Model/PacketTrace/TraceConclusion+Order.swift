package import Addressing
import SystemErrors

extension TraceConclusion {
  /// What an observation means. The order matters: a link that is down, for example, makes the
  /// rules drop what comes in by another way.
  package init(_ observation: TraceObservation) {
    let path = TracePath(observation)
    self =
      path.withoutConclusion ?? path.answered ?? path.atTheDoor ?? path.atLinks ?? path.atRules
      ?? path.atLegacyRules ?? path.refused ?? path.inContainerRoutes ?? path.inHostRoutes ?? path
      .atNextHops
      ?? path.atLimits ?? path.beyond ?? path.lost
  }
}

extension TracePath {
  /// Nothing can be said.
  fileprivate var withoutConclusion: TraceConclusion? {
    if observation.isIncomplete, !observation.isAnswered {
      return TraceConclusion(.lost, .unknown, .probe, .incomplete)
    }
    if !observation.injectionWasSeen {
      return TraceConclusion(
        .lost, .unknown, .probe, .notInjected(host.link(observation.injectedOn)))
    }
    if case .client = observation.request.origin, observation.events.isEmpty {
      return TraceConclusion(.unanswered, .seen, .probe, .noClient)
    }
    return nil
  }

  fileprivate var answered: TraceConclusion? {
    guard observation.isAnswered else { return nil }
    if isInbound, isDeliveredToHost, !hasEnteredContainer, !container.owns(lastForm.destination) {
      let holder = host.listeners.first { $0.serves(observation.probe.destination) }
      if !Self.proxies.contains(holder?.command ?? "") {
        return stopped(.kernel, .probe, .notPublished(holder: holder))
      }
    }
    return TraceConclusion(.answered, .seen, .answer, .answered)
  }

  /// Processes of the host that publish ports of containers.
  private static let proxies = ["docker-proxy", "rootlessport", "pasta", "slirp4netns"]

  /// The rule of `--dry-run`.
  fileprivate var atTheDoor: TraceConclusion? {
    guard observation.request.isDryRun,
      let step = observation.steps.last(where: { $0.isOwn && $0.verdict == .drop })
    else { return nil }
    return TraceConclusion(
      .answered, .traced, .probe, .leftAtTheDoor(link: host.link(step.outputLink)))
  }

  // MARK: Links and ports

  /// A link or port of the container that does not pass packets, if the packet went no further.
  fileprivate var atLinks: TraceConclusion? {
    if observation.probe.destination.isLoopback, !isInbound,
      let loopback = container.links.first(where: { $0.name == "lo" }), !loopback.isUp
    {
      return stopped(.state, .probe, .linkDown(.container, loopback))
    }
    guard !hasPassedBridge, let link = downLink ?? containerLink else { return nil }
    if !link.isUp { return stopped(.state, .probe, .linkDown(.container, link)) }
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
    guard end.alias?.hasPrefix("netctl endpoint") == true else { return nil }
    return stopped(.state, .probe, .offBridge(end, bridge: nil))
  }

  /// A container's link that is down and has the only way to the destination. Routes go with it.
  private var downLink: LinkFacts? {
    guard observation.failedAtOnce || observation.containerRoute?.route == nil, !isInbound else {
      return nil
    }
    return container.links.first { !$0.isUp && $0.kind == "veth" && hostEnd(of: $0) != nil }
  }

  /// Whether the probe was seen beyond the container's own link, bridge and port.
  private var hasPassedBridge: Bool {
    if isInbound { return hasEnteredContainer }
    return sightings(.probe, .host).contains { sighting in
      guard let link = host.link(sighting.link) else { return false }
      return link.kind == "bridge" ? !sighting.isOutgoing : sighting.isOutgoing
    }
  }

  // MARK: Rules

  fileprivate var atRules: TraceConclusion? {
    for direction in [TraceDirection.probe, .answer] {
      let drop = observation.steps.last {
        $0.direction == direction && $0.verdict == .drop && !$0.isOwn
      }
      guard let drop = drop ?? unknownEnd(direction) else { continue }
      return stopped(
        .traced, direction, .rule(drop, TraceKeeper(drop, in: observation.facts(drop.side))))
    }
    return nil
  }

  /// A rule that handed the packet to a program, if that was the last of it.
  private func unknownEnd(_ direction: TraceDirection) -> RuleStep? {
    let last = observation.steps.last { $0.direction == direction && !$0.isOwn }
    guard let last, last.verdict == .other, exit == nil, !hasEnteredContainer else { return nil }
    return last
  }

  fileprivate var atLegacyRules: TraceConclusion? {
    guard let hit = host.legacyHits.last(where: \.isDrop) else { return nil }
    return stopped(.counted, .probe, .legacyRule(hit))
  }

  // MARK: Refusals

  fileprivate var refused: TraceConclusion? {
    guard let kind = refusal else { return nil }
    if case .error(let error) = kind, error.isTooBig {
      let isOwn = host.owns(error.sender) || container.owns(error.sender)
      let link = isOwn ? host.links.first { $0.mtu == Int(error.mtu ?? 0) } : nil
      return TraceConclusion(
        isOwn ? .stopped : .refused, .kernel, .probe,
        .tooBig(mtu: Int(error.mtu ?? 0), link: link, sender: error.sender))
    }
    if isInbound { return refusedInbound(kind) }
    if observation.probe.destination.isLoopback || container.owns(observation.probe.destination) {
      return TraceConclusion(
        .refused, .kernel, .answer, .noListener(.container, others: container.listeners))
    }
    if exit == nil, host.owns(lastForm.destination) {
      guard case .reset = kind else { return routeError(kind) }
      return TraceConclusion(
        .refused, .kernel, .answer, .noListener(.host, others: host.listeners))
    }
    guard let exit else { return routeError(kind) }
    return TraceConclusion(.refused, .seen, .answer, .refusedOutside(link: exit, by: kind))
  }

  /// An ICMP error that the host itself made before the probe left it.
  private func routeError(_ kind: AnswerKind) -> TraceConclusion? {
    guard case .error(let error) = kind, error.isPortUnreachable,
      host.owns(lastForm.destination)
    else { return nil }
    return TraceConclusion(
      .refused, .kernel, .answer, .noListener(.host, others: host.listeners))
  }

  private func refusedInbound(_ kind: AnswerKind) -> TraceConclusion? {
    if hasEnteredContainer {
      return TraceConclusion(
        .refused, .kernel, .answer, .noListener(.container, others: container.listeners))
    }
    guard isDeliveredToHost, !container.owns(lastForm.destination) else { return nil }
    return TraceConclusion(.refused, .kernel, .answer, .notPublished(holder: nil))
  }

  /// The negative answer, from the socket or from the wire.
  private var refusal: AnswerKind? {
    if let error = observation.errors.last { return .error(error) }
    let negative = answers.last { if case .positive? = $0.answer { false } else { true } }
    if let answer = negative?.answer { return answer }
    return observation.failure == .connectionRefused ? .reset : nil
  }

  // MARK: Routes

  fileprivate var inContainerRoutes: TraceConclusion? {
    guard !isInbound else { return nil }
    guard case .refused(let errno)? = observation.containerRoute else { return nil }
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

  fileprivate var inHostRoutes: TraceConclusion? {
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

  /// A probe from outside that the host took for itself, and nobody there answered it.
  private var notPublished: TraceConclusion? {
    guard isInbound, isDeliveredToHost, !hasEnteredContainer,
      !container.owns(lastForm.destination), observation.request.origin != .host
    else { return nil }
    return stopped(
      .state, .probe,
      .notPublished(holder: host.listeners.first { $0.serves(observation.probe.destination) }))
  }

  private var hasEnteredHost: Bool { !sightings(.probe, .host).isEmpty }

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
      let cause = downUplink.map { TraceCause.linkDown(.host, $0) } ?? .noHostRoute
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
      .map { .rejectingRule($0) }
  }

  /// The only link that is down and has addresses: its routes are gone.
  private var downUplink: LinkFacts? {
    let down = host.links.filter { link in
      !link.isUp && link.kind != "bridge" && link.master == nil
        && host.addresses.contains { $0.link == link.index }
    }
    return down.count == 1 ? down[0] : nil
  }

  private func reversePath(
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
  private func strictness(_ family: AddressFamily, _ link: LinkFacts) -> Int {
    guard family == .ipv4 else { return 0 }
    return max(
      host.sysctl("ipv4/conf/all/rp_filter") ?? 0,
      host.sysctl("ipv4/conf/\(link.name)/rp_filter") ?? 0)
  }

  /// The link by which the IP layer of the host got the probe or the answer.
  package func inputLink(_ direction: TraceDirection) -> LinkFacts? {
    let incoming = sightings(direction, .host).filter { !$0.isOutgoing }
      .compactMap { host.link($0.link) }
    return incoming.last { $0.master == nil || $0.kind == "bridge" } ?? incoming.last
  }

  /// The link on which the answer came back to the host, from outside.
  private var answerArrival: LinkFacts? {
    guard !isInbound, !answers.isEmpty else { return nil }
    return inputLink(.answer)
  }

  private var answerWasNotForwarded: Bool {
    !sightings(.answer, .host).contains(where: \.isOutgoing)
      && sightings(.answer, .container).isEmpty
  }

  // MARK: Next hops

  fileprivate var atNextHops: TraceConclusion? {
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
    return TraceConclusion(
      .unanswered, .seen, .probe, .silentNextHop(.host, next, link: link))
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
    return TraceConclusion(
      .stopped, .seen, .probe, .silentNextHop(.container, next, link: link))
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

  // MARK: Limits

  fileprivate var atLimits: TraceConclusion? {
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

  // MARK: Beyond this host

  fileprivate var beyond: TraceConclusion? {
    if hasEnteredContainer {
      guard answers.isEmpty else { return nil }
      let listener = container.listeners.first { $0.serves(lastForm.destination) }
      return TraceConclusion(.unanswered, .seen, .answer, .silentContainer(listener: listener))
    }
    guard let exit, answers.isEmpty else { return nil }
    // Some links hand packets to taps although nothing carries them.
    if !exit.hasCarrier { return stopped(.state, .probe, .noCarrier(exit)) }
    if let size = observation.request.size, size > exit.mtu {
      return stopped(.state, .probe, .tooBig(mtu: exit.mtu, link: exit, sender: nil))
    }
    if let found = strangeGateway(exit) { return found }
    if isStrange(lastSource), wasRouted(to: exit), !leadsToOtherContainer(exit) {
      return stopped(.seen, .probe, .notMasqueraded(link: exit))
    }
    return TraceConclusion(
      .unanswered, .seen, .probe,
      .silentOutside(
        link: exit, by: policyRule,
        permanentNeighbor: permanentNeighbor))
  }

  private var lastSource: IPAddress {
    sightings(.probe, .host).last(where: \.isOutgoing)?.form.source ?? observation.probe.source
  }

  private func isStrange(_ source: IPAddress) -> Bool {
    !host.owns(source) && !source.isUnspecified && container.owns(source)
  }

  /// A gateway that is another container: it got the packet, and is no router.
  private func strangeGateway(_ exit: LinkFacts) -> TraceConclusion? {
    guard let gateway = observation.containerRoute?.route?.gateway, let link = containerLink,
      let expected = expectedGateway(of: link), expected != gateway, let bridge,
      exit.master == bridge.index, exit.kind == "veth"
    else { return nil }
    return stopped(.seen, .probe, .wrongGateway(gateway, expected: expected, link: link))
  }

  /// Whether the host routed the probe to a link, rather than bridged it, and rather than that the
  /// container has the link below its own.
  private func wasRouted(to exit: LinkFacts) -> Bool {
    let cameIn = sightings(.probe, .host).contains { !$0.isOutgoing }
    return cameIn && (exit.master == nil || exit.master != bridge?.index)
  }

  /// Whether a link leads to another container, where the source needs no translation.
  private func leadsToOtherContainer(_ link: LinkFacts) -> Bool {
    link.master != nil && link.kind == "veth"
  }

  /// The rule that chose a table of the administrator for the probe.
  private var policyRule: PolicyRuleFacts? {
    guard let table = observation.hostRoute?.route?.table, ![253, 254, 255, 0].contains(table)
    else { return nil }
    return host.policyRules.first { $0.table == table && $0.family == observation.probe.family }
  }

  private var permanentNeighbor: NeighborFacts? {
    guard let route = observation.hostRoute?.route else { return nil }
    let next = route.gateway ?? lastForm.destination
    return host.neighbors.first { $0.address == next && $0.isPermanent && $0.link == route.link }
  }

  fileprivate var lost: TraceConclusion {
    let direction: TraceDirection = answers.isEmpty ? .probe : .answer
    let seen = observation.sightings.filter { $0.direction == direction }
    let last = seen.last.map(name) ?? (isInbound ? "the host" : "the container")
    let next: String
    if direction == .probe {
      next =
        isInbound
        ? "the container" : host.link(observation.hostRoute?.route?.link)?.name ?? "the outside"
    } else {
      next = isInbound ? "the client" : "the container"
    }
    return TraceConclusion(.lost, .unknown, direction, .lostBetween(from: last, to: next))
  }

  private func stopped(
    _ certainty: TraceCertainty, _ direction: TraceDirection, _ cause: TraceCause
  ) -> TraceConclusion {
    TraceConclusion(.stopped, certainty, direction, cause)
  }
}

extension AddressFamily {
  /// The folder of its sysctls under `net`.
  package var sysctlFolder: String {
    switch self {
    case .ipv4: "ipv4"
    case .ipv6: "ipv6"
    }
  }
}
