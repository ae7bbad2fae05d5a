import Addressing

/// Rules that drop the packet, or change it.
extension TracePath {
  /// A rule or policy of nftables that drops the packet, its answer, or what either needs to find
  /// its next hop.
  var atRules: TraceConclusion? {
    for direction in [TraceDirection.probe, .answer, .resolution] {
      if direction == .resolution, !isLookingForNeighbor { continue }
      let drop = observation.steps.last {
        $0.direction == direction && $0.verdict == .drop && !$0.isOwn
      }
      guard let drop = drop ?? unknownEnd(direction) else { continue }
      return stopped(.traced, direction, .rule(drop, manager(of: drop)))
    }
    return nil
  }

  package func manager(of step: RuleStep) -> FirewallManager {
    FirewallManager(step, in: observation[step.side])
  }

  /// Whether the hardware address of a next hop is missing.
  private var isLookingForNeighbor: Bool {
    let own = container.addresses.map(\.prefix.address)
    let next = [observation.hostRoute?.route?.gateway, lastForm.destination].compactMap(\.self)
    return (own + next).contains { host.isUnanswered($0, on: nil) }
      || [container, observation.peer].contains { facts in
        facts?.neighbors.contains(where: \.isUnanswered) == true
      }
  }

  /// A rule that handed the packet to a program, if that was the last of it.
  private func unknownEnd(_ direction: TraceDirection) -> RuleStep? {
    let last = observation.steps.last { $0.direction == direction && !$0.isOwn }
    guard let last, last.verdict == .other, exit == nil, !hasEnteredContainer else { return nil }
    return last
  }

  /// A rule of legacy xtables whose counter rose.
  var atLegacyRules: TraceConclusion? {
    let sides: [TraceSide] = isInbound ? [.host, .container] : [.container, .host, .peer]
    let drops = sides.compactMap { observation[$0].legacyHits.last(where: \.isDrop) }
    let hit = drops.first { $0.direction == .probe } ?? drops.last
    return hit.map { stopped(.counted, $0.direction, .legacyRule($0)) }
  }

  // MARK: Translation

  /// A rule that keeps the packet or its answer out of connection tracking, if its addresses
  /// needed to be translated and were not.
  var untracked: TraceConclusion? {
    for direction in [TraceDirection.probe, .answer] {
      let step = observation.steps.last {
        $0.direction == direction && $0.side == .host && $0.isUntracking
      }
      guard let step, lacksTranslation(direction) else { continue }
      return stopped(.traced, direction, .untracked(step))
    }
    return nil
  }

  private func lacksTranslation(_ direction: TraceDirection) -> Bool {
    switch direction {
    case .probe where isInbound:
      isDeliveredToHost && !container.owns(lastForm.destination)
    case .probe: exit.map { !$0.leadsToContainer && isUntranslated(lastSource) } ?? false
    case .answer:
      isInbound ? !isIntercepted(.answer) : sightings(.answer, .container).isEmpty
    case .resolution: false
    }
  }

  /// Whether the trace's own rule kept a packet from leaving.
  private func isIntercepted(_ direction: TraceDirection) -> Bool {
    observation.steps.contains {
      $0.isOwn && $0.direction == direction && $0.verdict == .drop
    }
  }

  /// The last rule that translated the destination of the probe.
  package var destinationTranslation: RuleStep? {
    observation.steps.last {
      $0.direction == .probe && $0.translates("dnat to ", "dnat ip", "redirect")
    }
  }

  /// The last rule that translated the source of the probe.
  var sourceTranslation: RuleStep? {
    observation.steps.last {
      $0.direction == .probe && $0.translates("snat to ", "snat ip", "masquerade")
    }
  }

  /// A packet for this container that went elsewhere.
  var divertedOnTheWayIn: TraceConclusion? {
    guard isInbound, !hasEnteredContainer, case let form = lastForm,
      !container.owns(form.destination), !host.isUnanswered(form.destination, on: nil)
    else { return nil }
    let isTranslated =
      form.destination != observation.probe.destination
      || form.destinationPort != observation.probe.destinationPort
    guard isTranslated || isIntercepted(.probe) else { return nil }
    let step = isTranslated ? destinationTranslation : nil
    if step == nil, isTranslated, let hit = legacyTranslation {
      return stopped(.counted, .probe, .divertedByLegacyRule(hit, to: form))
    }
    return stopped(step == nil ? .seen : .traced, .probe, .diverted(step, to: form))
  }

  /// A packet to the outside whose destination a rule has changed.
  var diverted: TraceConclusion? {
    guard let step = diversion else {
      guard isDiverted, let hit = legacyTranslation else { return nil }
      return stopped(.counted, .probe, .divertedByLegacyRule(hit, to: lastForm))
    }
    return stopped(.traced, .probe, .diverted(step, to: lastForm))
  }

  /// The rule that gives a packet of the container another destination than it had, unless that
  /// publishes a port.
  package var diversion: RuleStep? { isDiverted ? destinationTranslation : nil }

  private var isDiverted: Bool {
    let first = observation.probe
    return !isInbound && !host.owns(first.destination)
      && lastForm.destinationText != first.destinationText
  }

  /// The rule of legacy xtables that translated the destination.
  private var legacyTranslation: LegacyHit? {
    (host.legacyHits + container.legacyHits).last { ["DNAT", "REDIRECT"].contains($0.target) }
  }
}

extension RuleStep {
  /// Whether it keeps packets out of connection tracking, as nft(8) or iptables(8) spell it.
  var isUntracking: Bool {
    rule.map { $0.hasBytes(of: "notrack") || $0.hasBytes(of: "NOTRACK") } ?? false
  }

  /// Whether its text contains one of these translations.
  func translates(_ ways: String...) -> Bool {
    guard verdict == .accept, !isOwn, let rule else { return false }
    return ways.contains { rule.hasBytes(of: $0) }
  }
}
