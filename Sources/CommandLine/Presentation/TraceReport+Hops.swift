import Addressing
import NetworkModel
import PacketTrace

/// The path of the probe, line by line.
extension TraceReport {
  func hops(showingAll: Bool) -> [TraceHop] {
    (isInbound ? inboundHops(showingAll) : outboundHops(showingAll)) + answerHops(showingAll)
      + resolutionHops + lastHop
  }

  // MARK: From the container

  private func outboundHops(_ showsAll: Bool) -> [TraceHop] {
    var hops = [containerHop] + ruleHops(.container, .probe, showsAll)
    if let bridge = path.bridge, wasSeen(on: bridge) {
      let port = path.containerLink.flatMap(path.hostEnd)
      hops.append(
        TraceHop(
          place: escaped(name(ofBridge: bridge)), text: escaped(bridge.name),
          detail: port.map { "received on \(escaped($0.name))" } ?? ""))
    }
    if wasSeenInHost, hasRoute || conclusion.status != .answered { hops.append(hostHop) }
    hops += ruleHops(.host, .probe, showsAll)
    if path.hasEnteredPeer {
      hops.append(
        TraceHop(
          place: name(.peer), text: path.peerLink.map { escaped($0.name) } ?? "",
          detail: listenerText(.peer)))
    }
    return hops + ruleHops(.peer, .probe, showsAll)
  }

  private var containerHop: TraceHop {
    let form = observation.probe
    let source = form.source.isUnspecified ? "" : "\(form.sourceText) "
    var detail = path.containerLink.map { escaped($0.name) } ?? ""
    if let gateway = observation.containerRoute?.route?.gateway {
      let mac = observation.container.neighbors.first { $0.address == gateway }?.mac
      detail += ", to gateway \(gateway)" + (mac.map { " \($0)" } ?? "")
    }
    return TraceHop(
      place: name(.container),
      text: "\(source)to \(form.destinationText)/\(request.protocol.name)", detail: detail)
  }

  private var hasRoute: Bool { observation.hostRoute?.route != nil }

  private var hostHop: TraceHop {
    guard let route = observation.hostRoute?.route else {
      return TraceHop(place: "this host", text: "no route")
    }
    guard !route.isLocal else {
      return TraceHop(place: "this host", text: "\(path.lastForm.destination) is its own address")
    }
    let prefix = route.prefix.map { "\($0) " } ?? ""
    let gateway = route.gateway.map { "via \($0) " } ?? ""
    let isTranslated = path.lastForm.source != observation.probe.source
    return TraceHop(
      place: "this host", text: "\(prefix)\(gateway)dev \(linkName(route.link, .host))",
      detail: isTranslated ? "as \(path.lastForm.sourceText)" : tableName(route.table))
  }

  private func tableName(_ table: UInt32) -> String {
    switch table {
    case 254, 0: "table main"
    case 255: "table local"
    case 253: "table default"
    default: "table \(table)"
    }
  }

  // MARK: To the container

  private func inboundHops(_ showsAll: Bool) -> [TraceHop] {
    var hops = [originHop]
    let (first, last) = (observation.probe, path.lastForm)
    if last.destination != first.destination || last.destinationPort != first.destinationPort {
      hops.append(
        TraceHop(
          place: "this host", text: "published, to \(last.destinationText)",
          detail: translation.map {
            "\($0.family) \(escaped($0.table)), chain \(escaped($0.chain))"
          } ?? ""))
    } else if path.isDeliveredToHost {
      hops.append(TraceHop(place: "this host", text: "delivers it locally"))
    }
    hops += ruleHops(.host, .probe, showsAll)
    if path.hasEnteredContainer {
      hops.append(
        TraceHop(
          place: name(.container), text: path.containerLink.map { escaped($0.name) } ?? "",
          detail: listenerText(.container)))
    }
    return hops + ruleHops(.container, .probe, showsAll)
  }

  private var originHop: TraceHop {
    let form = observation.probe
    let first = observation.sightings.first { $0.direction == .probe }
    let place: String
    switch request.origin {
    case .host: place = "this host"
    case .container, .address, .interface, .client:
      place = form.source.isUnspecified ? "a client" : form.source.description
    }
    return TraceHop(
      place: place, text: "to \(form.destinationText)/\(request.protocol.name)",
      detail: observation.injectedOn.map { "\(linkName($0, .host)), injected" }
        ?? first.map { linkName($0.link, $0.side) } ?? "")
  }

  private func listenerText(_ side: TraceSide) -> String {
    let form = path.lastForm
    guard form.hasPorts else { return "" }
    let listener = observation[side].listeners.first { $0.serves(form.destination) }
    return "port \(form.destinationPort)"
      + (listener?.command.map { ", \(escaped($0))" } ?? "")
  }

  /// The rule that translated the destination: the last one before the packet changed.
  private var translation: RuleStep? {
    observation.steps.last {
      $0.side == .host && $0.direction == .probe && $0.handle != nil && !$0.isOwn
        && ["prerouting", "output"].contains($0.hook)
        && $0.form?.destination == observation.probe.destination
    }
  }

  // MARK: Both

  private var wasSeenInHost: Bool {
    observation.events.contains { event in
      switch event {
      case .sighting(let sighting): sighting.side == .host && sighting.direction == .probe
      case .step(let step): step.side == .host && step.direction == .probe
      }
    }
  }

  private func wasSeen(on link: LinkFacts) -> Bool {
    observation.sightings.contains { $0.link == link.index && $0.side == .host }
  }

  /// What the packet met in nftables: what dropped it, what let it be forwarded, and on request
  /// every rule.
  private func ruleHops(
    _ side: TraceSide, _ direction: TraceDirection, _ showsAll: Bool
  ) -> [TraceHop] {
    observation.steps.filter { step in
      guard step.side == side, step.direction == direction, !step.isOwn else { return false }
      let isForwarded = step.verdict == .accept && step.handle != nil && step.hook == "forward"
      return showsAll || step.verdict == .drop || isForwarded
    }.map { step in
      let isDrop = step.verdict == .drop
      let rule =
        step.isPolicy
        ? "policy \(isDrop ? "drop" : "accept")" : step.rule.map(escaped) ?? "end of the chain"
      let comment = step.comment.map { "  # \(TerminalText.quoted($0))" } ?? ""
      return TraceHop(
        place: "  " + (step.hook ?? ""),
        text: "\(step.family) \(escaped(step.table)), chain \(escaped(step.chain))",
        detail: rule + comment, mark: isDrop ? .stopped : .none)
    }
  }

  private func answerHops(_ showsAll: Bool) -> [TraceHop] {
    let isStopped = conclusion.direction == .answer && conclusion.status == .stopped
    guard isStopped || showsAll,
      let answer = observation.sightings.last(where: { $0.direction == .answer })
    else { return [] }
    let hop = TraceHop(
      place: "the answer", text: "\(answer.form.sourceText) to \(answer.form.destinationText)",
      detail: linkName(answer.link, answer.side))
    return [hop] + ruleHops(.peer, .answer, showsAll) + ruleHops(.host, .answer, showsAll)
      + ruleHops(.container, .answer, showsAll)
  }

  /// What dropped ARP or neighbour discovery, if that is the conclusion.
  private var resolutionHops: [TraceHop] {
    guard conclusion.direction == .resolution else { return [] }
    let hop = TraceHop(
      place: observation.probe.family == .ipv4 ? "ARP" : "discovery", text: "for the next hop")
    return [hop] + ruleHops(.container, .resolution, false) + ruleHops(.host, .resolution, false)
      + ruleHops(.peer, .resolution, false)
  }

  private var lastHop: [TraceHop] {
    switch conclusion.status {
    case .unanswered:
      [TraceHop(place: "", text: "nothing came back in \(secondsText)", mark: .unknown)]
    case .lost: [TraceHop(place: "", text: "lost", mark: .unknown)]
    case .answered, .stopped, .refused: []
    }
  }

  var secondsText: String {
    let milliseconds = Int((observation.seconds * 1000).rounded())
    guard milliseconds >= 1000 else { return "\(milliseconds) ms" }
    let tenths = (milliseconds + 50) / 100
    return "\(tenths / 10).\(tenths % 10) s"
  }
}
