package import Addressing

/// What left this host, or reached a container.
extension TracePath {
  var beyond: TraceConclusion? {
    if hasEnteredContainer {
      guard answers.isEmpty else { return nil }
      return silent(.container)
    }
    guard let exit, answers.isEmpty else { return nil }
    if hasEnteredPeer { return silent(.peer) }
    // Some links hand packets to taps although nothing carries them.
    if !exit.hasCarrier { return stopped(.state, .probe, .noCarrier(exit)) }
    if let size = observation.request.size, size > exit.mtu {
      return stopped(.state, .probe, .tooBig(mtu: exit.mtu, link: exit, sender: nil))
    }
    if let found = gatewayOfOtherContainer(exit) { return found }
    if !exit.leadsToContainer, wasRouted(to: exit) {
      if isUntranslated(lastSource) { return stopped(.seen, .probe, .notMasqueraded(link: exit)) }
      if lastSource != observation.probe.source, !host.owns(lastSource) {
        return stopped(
          sourceTranslation == nil ? .seen : .traced, .probe,
          .foreignSource(sourceTranslation, lastSource, link: exit))
      }
      // The source is then an address of another link.
      if !host.hasAddress(on: exit.index, observation.probe.family), exit.mac != nil {
        return stopped(.state, .probe, .noAddress(.host, nil, link: exit))
      }
    }
    return TraceConclusion(
      .unanswered, .seen, .probe,
      .silentOutside(
        link: exit, by: policyRule,
        permanentNeighbor: permanentNeighbor))
  }

  private func silent(_ side: TraceSide) -> TraceConclusion {
    let listener = observation[side].listeners.first { $0.serves(lastForm.destination) }
    return TraceConclusion(.unanswered, .seen, .answer, .silentContainer(side, listener: listener))
  }

  /// The source with which the probe left this host.
  package var lastSource: IPAddress {
    sightings(.probe, .host).last(where: \.isOutgoing)?.form.source ?? observation.probe.source
  }

  func isUntranslated(_ source: IPAddress) -> Bool {
    !host.owns(source) && !source.isUnspecified && container.owns(source)
  }

  /// A gateway that is another container, which receives the packet and is no router.
  private func gatewayOfOtherContainer(_ exit: LinkFacts) -> TraceConclusion? {
    guard let gateway = observation.containerRoute?.route?.gateway, let link = containerLink,
      let expected = expectedGateway(of: link), expected != gateway, let bridge,
      exit.master == bridge.index, exit.kind?.isPair == true
    else { return nil }
    return stopped(.seen, .probe, .wrongGateway(gateway, expected: expected, link: link))
  }

  /// Whether the host routed the probe to a link, rather than bridged it, and rather than that the
  /// container has the link below its own.
  private func wasRouted(to exit: LinkFacts) -> Bool {
    let cameIn = sightings(.probe, .host).contains { !$0.isOutgoing }
    return cameIn && (exit.master == nil || exit.master != bridge?.index)
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
}
