import Addressing
import NetworkModel
import PacketTrace

/// What a trace found, in a sentence or two.
extension TraceReport {
  var message: String {
    switch conclusion.cause {
    case .answered: answered
    case .rule(let step, let manager): message(step, manager)
    case .legacyRule(let hit):
      "\(packet) was dropped by "
        + (hit.number == 0 ? "the policy" : "rule \(hit.number), target \(escaped(hit.target)),")
        + " of chain \(escaped(hit.chain)) in legacy table \(escaped(hit.table)) "
        + "(\(legacyProgram))\(owner(hit.side)): its counter rose."
    case .linkDown(let side, let link): "Link \(escaped(link.name)) of \(name(side)) is down."
    case .noCarrier(let link):
      "Link \(escaped(link.name)) has no carrier: nothing is connected to it, or the other end is "
        + "down."
    case .offBridge(let end, let bridge):
      "\(escaped(end.name)), this host's end of the container's link, is not a port of "
        + (bridge.map { "bridge \(escaped($0.name))." } ?? "a bridge.")
    case .portState(let port, let bridge):
      "Port \(escaped(port.name)) of bridge \(escaped(bridge.name)) is "
        + "\(port.portState.map { "\($0)" } ?? "unknown") and does not forward"
        + (bridge.runsSpanningTree ? ": the bridge runs the spanning tree protocol." : ".")
    case .isolatedPort(let port, let bridge):
      network.map {
        "Containers of network \(escaped($0.name)) may not reach each other (enable_icc): port "
          + "\(escaped(port.name)) is isolated."
      }
        ?? "Port \(escaped(port.name)) of bridge \(escaped(bridge.name)) is isolated from other "
        + "isolated ports."
    case .bypassesHost(let side, let link):
      "Link \(escaped(link.name)) of \(name(side)) is of kind \(escaped(link.kind?.rawValue ?? "")): this host "
        + "and its other networks cannot reach it; only hosts on the same Ethernet segment can."
    case .noAddress(let side, let address, let link):
      "Link \(escaped(link.name)) of \(name(side)) has no "
        + (address.map { "address \($0)." } ?? "\(familyName) address.")
    case .noContainerRoute:
      network?.isInternal == true
        ? "\(name(.container)) has no route to \(destination): "
          + "network \(escaped(network?.name ?? "")) is internal, so it has no way out."
        : "\(name(.container)) has no route to \(destination)."
    case .rejectingRoute(let side, let route):
      route.map {
        "\(name(side)) has a route that rejects \(packet.lowercasedFirst): \($0.kind) \($0.prefix)"
          + ($0.isInCommonTable ? "." : " in table \($0.table).")
      } ?? "The routes of \(name(side)) reject \(packet.lowercasedFirst)."
    case .wrongNeighbor(let side, let entry, let link, let owner):
      "On \(escaped(link.name)), \(name(side)) has \(entry.mac.map { "\($0)" } ?? "") as the hardware "
        + "address of \(entry.address), whose owner's is \(owner)."
    case .rejectingRule(let side, let rule):
      "Policy rule \(rule.priority) of \(name(side)) rejects \(packet.lowercasedFirst): "
        + "\(escaped(rule.text))."
    case .noHostRoute(let bare):
      "This host has no route to \(conclusion.direction == .probe ? target : source)"
        + (bare.map { ": its link \(escaped($0.name)) has no \(familyName) address." } ?? ".")
    case .forwardingOff(let link):
      network(of: link).flatMap(internalReason).map { "\(packet) was not forwarded: \($0)." }
        ?? link.map {
          "This host does not forward \(familyName) packets that arrive on \(escaped($0.name))."
        } ?? "This host does not forward \(familyName) packets."
    case .reversePathFilter(let link, let source, _):
      "rp_filter of \(escaped(link.name)) is strict and dropped \(packet.lowercasedFirst): "
        + "this host would not send to \(source) through that link."
    case .silentNextHop(let side, let address, let link):
      "\(address) does not answer \(question) on \(escaped(link.name)) of \(name(side))."
    case .wrongGateway(let address, let expected, let link):
      "The gateway of \(name(.container)) on \(escaped(link.name)), \(address), "
        + "does not answer; its bridge has \(expected)."
    case .tooBig(let mtu, let link, let sender):
      "A packet of \(observation.request.size ?? observation.bytes) bytes is too big for "
        + (link.map { "link \(escaped($0.name))" } ?? "a link on the way")
        + (mtu > 0 ? ", whose MTU is \(mtu)" : "")
        + (sender.map { ", according to \($0)" } ?? "") + "."
    case .conntrackFull(let count, let limit):
      "Connection tracking is full (\(count) of \(limit)): new connections are dropped."
    case .notMasqueraded(let link):
      "It left this host by \(escaped(link.name)) with the container's own address, which is not "
        + "known outside: it is not masqueraded"
        + (hasNetctlTable ? "." : "; netctl's table is gone.")
    case .foreignSource(let step, let source, let link):
      "It left this host by \(escaped(link.name)) with the source \(source), which is not an address of "
        + "this host, and was not answered" + (step.map { ": \(cause($0)) set it." } ?? ".")
    case .untracked(let step):
      "\(cause(step).capitalizedFirst) keeps \(packet.lowercasedFirst) out of connection tracking, "
        + "so that its addresses are not translated."
    case .diverted(let step, let form): diverted(step, form)
    case .divertedByLegacyRule(let hit, let form):
      "Rule \(hit.number) of chain \(escaped(hit.chain)) in legacy table \(escaped(hit.table)) "
        + "(\(legacyProgram))\(owner(hit.side)) sent the packet to \(form.destinationText)"
        + (isInbound
          ? ", which is not an address of \(name(.container))" : ", where it was not answered")
        + ": its counter rose."
    case .hopLimitExceeded(let step, let limit):
      "The packet reached its hop limit on this host"
        + (step.map { "; \(cause($0)) set that limit." }
          ?? limit.map { "; \(name(.container)) sends with a hop limit of \($0)." } ?? ".")
    case .noListener(let side, let others): refused(side, others)
    case .notPublished(let holder): notPublished(holder)
    case .refusedOutside(let link, let kind): refusedOutside(link, kind)
    case .silentOutside(let link, let rule, let neighbor): silentOutside(link, rule, neighbor)
    case .silentContainer(let side, let listener):
      "\(name(side)) received it and did not answer"
        + (listener.map { "; \(text($0)) is listening." } ?? ".")
    case .interceptedByDryRun(let link):
      "It passed all rules" + (link.map { " and would have left by \(escaped($0.name))" } ?? "")
        + "; --dry-run dropped it there."
    case .lostBetween(let from, let to):
      "\(packet) was lost between \(escaped(from)) and \(escaped(to)), "
        + "and netctl found no reason."
    case .incomplete:
      "Events were lost, so nothing can be concluded. Try again when the host is less busy."
    case .notInjected(let link):
      "The frame was not seen on \(link.map { escaped($0.name) } ?? "its link"), "
        + "so nothing can be concluded."
    case .noClient: "No client connected."
    }
  }

  private var answered: String {
    switch request.origin {
    case .address, .interface, .client: "\(name(.container)) answers."
    case .container:
      path.diversion.map {
        "\(path.lastForm.destinationText) answers in place of \(destination): \(cause($0)) "
          + "translated the destination."
      } ?? "\(destination) answers."
    case .host: "\(destination) answers this host."
    }
  }

  func escaped(_ text: String) -> String { TerminalText.escaped(text) }

  var destination: String { observation.probe.destinationText }
  private var source: String { observation.probe.source.description }
  /// The destination without a port.
  private var target: String { observation.probe.destination.description }
  private var packet: String {
    switch conclusion.direction {
    case .probe: "The packet"
    case .answer: "The answer"
    case .resolution:
      observation.probe.family == .ipv4 ? "An ARP message" : "A neighbour discovery message"
    }
  }
  private var legacyProgram: String {
    observation.probe.family == .ipv4 ? "iptables-legacy" : "ip6tables-legacy"
  }
  private var familyName: String { observation.probe.family.name }
  private var question: String {
    observation.probe.family == .ipv4 ? "ARP" : "neighbour solicitations"
  }
  private var hasNetctlTable: Bool {
    path.bridge?.isOfNetwork != true || observation.host.chains.contains { $0.table == "netctl" }
  }

  private func message(_ step: RuleStep, _ manager: FirewallManager) -> String {
    let verb = step.verdict == .other ? "handed to a program" : "dropped"
    return "\(packet) was \(verb) by \(cause(step)): \(owner(step, manager))."
  }

  /// A rule or policy by its place. The handles of netctl's own rules depend on its version.
  func cause(_ step: RuleStep) -> String {
    let chain =
      "chain \(escaped(step.chain)) in table \(step.family) \(escaped(step.table))"
      + owner(step.side)
    if path.manager(of: step) == .netctl { return chain }
    return step.handle.map { "the rule with handle \($0) of \(chain)" }
      ?? "the policy of \(chain)"
  }

  private func owner(_ side: TraceSide) -> String {
    side == .host ? "" : " of \(name(side))"
  }

  private func owner(_ step: RuleStep, _ manager: FirewallManager) -> String {
    switch manager {
    case .administrator where step.isForeign: "it is not netctl's, whose table was changed"
    case .administrator where step.table == "netctl":
      "the administrator's chain among netctl's rules"
    case .administrator where step.chain == "DOCKER-USER":
      "the administrator's chain among Docker's rules"
    case .administrator: "the administrator's"
    case .netctl: netctlReason(step)
    case .docker, .podman, .ufw, .firewalld, .libvirt, .kubernetes, .systemd:
      "\(manager.rawValue) manages it"
    }
  }
}

extension String {
  var lowercasedFirst: String {
    first.map { $0.lowercased() + dropFirst() } ?? self
  }

  var capitalizedFirst: String {
    first.map { $0.uppercased() + dropFirst() } ?? self
  }
}
