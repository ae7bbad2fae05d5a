import Addressing

/// The path of a probe, read from what was observed.
package struct TracePath {
  let observation: TraceObservation

  package init(_ observation: TraceObservation) {
    self.observation = observation
  }

  var host: NamespaceFacts { observation.host }
  var container: NamespaceFacts { observation.container }
  var isInbound: Bool { observation.request.isInbound }

  func sightings(_ direction: TraceDirection, _ side: TraceSide) -> [PacketSighting] {
    observation.sightings.filter { $0.direction == direction && $0.side == side }
  }

  /// The probe after the translation of its destination and before that of its source: as it is
  /// routed.
  package var lastForm: PacketForm {
    var form = observation.probe
    let seen =
      observation.events.compactMap { event -> PacketForm? in
        switch event {
        case .sighting(let sighting): sighting.direction == .probe ? sighting.form : nil
        case .step(let step): step.direction == .probe ? step.form : nil
        }
      }
    let first = observation.probe
    let translated = seen.last {
      $0.destination != first.destination
        || first.hasPorts && $0.destinationPort != first.destinationPort
    }
    if let translated {
      form.destination = translated.destination
      if first.hasPorts { form.destinationPort = translated.destinationPort }
    } else if isTranslated,
      let address = container.addresses.map(\.prefix.address).first(where: {
        $0.family == form.family && !$0.isLoopback && !$0.isLinkLocalUnicast
      })
    {
      // It went no further than the rule, so that only the rule tells of the translation.
      form.destination = address
    }
    return form
  }

  /// Whether a rule translated the destination.
  private var isTranslated: Bool {
    isInbound
      && observation.steps.contains { step in
        step.side == .host && step.direction == .probe && step.verdict == .accept
          && ["prerouting", "output"].contains(step.hook)
          && step.rule?.hasBytes(of: "dnat ") == true
      }
  }

  /// The container's link that the probe uses: the one it was seen on, or the one of its route or
  /// of its destination.
  package var containerLink: LinkFacts? {
    let seen = observation.sightings.first { $0.side == .container && $0.link != loopback }
    if let seen { return container.link(seen.link) }
    if isInbound {
      let form = lastForm
      return container.link(
        container.addresses.first { $0.prefix.address == form.destination }?.link)
        ?? container.links.first(where: isWayOut)
    }
    if let link = observation.containerRoute?.route?.link { return container.link(link) }
    return container.links.first(where: isWayOut)
  }

  /// Whether a link of a container leads out of it by a link of the host.
  func isWayOut(_ link: LinkFacts) -> Bool { hostEnd(of: link) != nil || parent(of: link) != nil }

  /// The link of the host on which a container's link is stacked.
  func parent(of link: LinkFacts) -> LinkFacts? { link.bypassesHost ? host.link(link.peer) : nil }

  private var loopback: UInt32 { container.links.first { $0.name == "lo" }?.index ?? 0 }

  /// The other end of a container's link in the host.
  package func hostEnd(of link: LinkFacts) -> LinkFacts? {
    guard link.kind?.isPair == true, let peer = host.link(link.peer), peer.kind == link.kind,
      peer.peer == link.index
    else { return nil }
    return peer
  }

  /// The link of the other container by which the probe would come in.
  package var peerLink: LinkFacts? {
    guard let peer = observation.peer else { return nil }
    let destination = lastForm.destination
    let owner = peer.addresses.first { $0.prefix.address == destination }?.link
    return peer.link(owner)
      ?? peer.links.first { link in
        hostEnd(of: link).map { bridge == nil || $0.master == bridge?.index } == true
      }
  }

  /// Whether the probe reached the other container.
  package var hasEnteredPeer: Bool {
    sightings(.probe, .peer).contains { !$0.isOutgoing }
  }

  /// The bridge of the container: the master of the host's end, or the link that has the
  /// container's gateway as an address.
  package var bridge: LinkFacts? {
    guard let link = containerLink, let end = hostEnd(of: link) else { return nil }
    if let master = host.link(end.master) { return master }
    let subnets = container.addresses(of: link.index, observation.probe.family)
    return host.links.first { candidate in
      candidate.kind == .bridge
        && host.addresses(of: candidate.index, observation.probe.family)
          .contains { address in subnets.contains { $0.contains(address.address) } }
    }
  }

  /// The last link by which the probe left the host, if it did: not a bridge, which hands frames
  /// on to its ports.
  package var exit: LinkFacts? {
    guard !isInbound else { return nil }
    return sightings(.probe, .host).last { sighting in
      guard sighting.isOutgoing, let link = host.link(sighting.link) else { return false }
      return link.kind != .bridge && link.name != "lo"
    }.flatMap { host.link($0.link) }
  }

  /// Whether the probe reached the container.
  package var hasEnteredContainer: Bool {
    isInbound && sightings(.probe, .container).contains { !$0.isOutgoing }
  }

  /// Whether the probe was delivered to the host itself.
  package var isDeliveredToHost: Bool {
    let wasInInput = observation.steps.contains {
      $0.direction == .probe && $0.side == .host && $0.hook == "input" && !$0.isOwn
    }
    if wasInInput { return true }
    // Without a chain there, only the route tells.
    let hasInput = host.chains.contains { chain in
      chain.hook == "input" && (chain.family == "inet" || chain.family == familyName)
    }
    return !hasInput && observation.hostRoute?.route?.isLocal == true
  }

  private var familyName: String { observation.probe.family == .ipv4 ? "ip" : "ip6" }

  /// The answers, in the order of time.
  var answers: [PacketSighting] {
    observation.sightings.filter { $0.direction == .answer }
  }

  /// The name of a namespace's place for messages about lost packets.
  func name(_ sighting: PacketSighting) -> String {
    let link = observation[sighting.side].link(sighting.link)?.name ?? "?"
    switch sighting.side {
    case .container: return "\(link) of the container"
    case .host: return link
    case .peer: return "\(link) of the other container"
    }
  }
}
