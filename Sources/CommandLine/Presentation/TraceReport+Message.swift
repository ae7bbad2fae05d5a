import Addressing
import NetworkModel
import PacketTrace

/// What a trace found, in a sentence or two.
extension TraceReport {
  var message: String {
    switch conclusion.cause {
    case .answered: answered
    case .rule(let step, let keeper): message(step, keeper)
    case .legacyRule(let hit):
      hit.number == 0
        ? "\(packet) was dropped by the policy of chain \(escaped(hit.chain)) in legacy table "
          + "\(escaped(hit.table)) (iptables-legacy): a counter shows it."
        : "\(packet) was dropped by rule \(hit.number) of chain \(escaped(hit.chain)) in legacy "
          + "table \(escaped(hit.table)) (iptables-legacy), target \(escaped(hit.target)): a "
          + "counter shows it."
    case .linkDown(let side, let link): "Link \(escaped(link.name)) of \(name(side)) is down."
    case .noCarrier(let link):
      "Link \(escaped(link.name)) has no carrier: nothing is connected to it, or the other end is "
        + "down."
    case .offBridge(let end, let bridge):
      "\(escaped(end.name)), this host's end of the container's link, is no port of "
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
    case .noContainerRoute:
      network?.isInternal == true
        ? "\(name(.container)) has no route to \(destination): "
          + "network \(escaped(network?.name ?? "")) is internal, so nothing leads out of it."
        : "\(name(.container)) has no route to \(destination)."
    case .rejectingRoute(let side, let route):
      route.map {
        "\(name(side)) has a route that rejects \(packet.lowercasedFirst): \($0.kind) \($0.prefix)"
          + ([254, 255, 0].contains($0.table) ? "." : " in table \($0.table).")
      } ?? "The routes of \(name(side)) reject \(packet.lowercasedFirst)."
    case .rejectingRule(let rule):
      "The policy rule \(rule.priority) of this host rejects \(packet.lowercasedFirst): "
        + "\(escaped(rule.text))."
    case .noHostRoute:
      "This host has no route to \(conclusion.direction == .probe ? destination : source)."
    case .forwardingOff(let link):
      link.map {
        "This host does not forward \(familyName) packets that come in by \(escaped($0.name))."
      } ?? "This host does not forward \(familyName) packets."
    case .reversePathFilter(let link, let source, _):
      "rp_filter of \(escaped(link.name)) is strict and dropped \(packet.lowercasedFirst): "
        + "this host would not send to \(source) by that link."
    case .silentNextHop(let side, let address, let link):
      "\(address) does not answer \(question) on \(escaped(link.name)) of \(name(side))."
    case .wrongGateway(let address, let expected, let link):
      "The gateway of \(name(.container)) on \(escaped(link.name)), \(address), "
        + "does not answer; its bridge has \(expected)."
    case .tooBig(let mtu, let link, let sender):
      "A packet of \(observation.request.size ?? observation.bytes) bytes is too big for "
        + (link.map { "link \(escaped($0.name))" } ?? "a link on the way")
        + (mtu > 0 ? ", whose MTU is \(mtu)" : "")
        + (sender.map { ", says \($0)" } ?? "") + "."
    case .conntrackFull(let count, let limit):
      "Connection tracking is full (\(count) of \(limit)): new connections are dropped."
    case .notMasqueraded(let link):
      "It left this host by \(escaped(link.name)) with the container's own address, which nobody "
        + "outside knows: it is not masqueraded"
        + (hasNetctlTable ? "." : "; netctl's table is gone.")
    case .noListener(let side, let others): refused(side, others)
    case .notPublished(let holder): notPublished(holder)
    case .refusedOutside(let link, let kind): refusedOutside(link, kind)
    case .silentOutside(let link, let rule, let neighbor): silentOutside(link, rule, neighbor)
    case .silentContainer(let listener):
      listener.map {
        "\(name(.container)) got it and did not answer; \(text($0)) has the port."
      } ?? "\(name(.container)) got it and did not answer."
    case .leftAtTheDoor(let link):
      "It passed all rules" + (link.map { " and would have left by \(escaped($0.name))" } ?? "")
        + "; it was dropped there, because of --dry-run."
    case .lostBetween(let from, let to):
      "\(packet) was lost between \(escaped(from)) and \(escaped(to)): "
        + "nothing that netctl asks says why."
    case .incomplete:
      "Events were lost, so nothing can be concluded. Try again when less is going on."
    case .notInjected(let link):
      "The frame was not seen on \(link.map { escaped($0.name) } ?? "its link"), "
        + "so nothing can be concluded."
    case .noClient: "No client came."
    }
  }

  private var answered: String {
    switch request.origin {
    case .address, .interface, .client: "\(name(.container)) answers."
    case .container: "\(destination) answers."
    case .host: "\(destination) answers this host."
    }
  }

  private func escaped(_ text: String) -> String { TerminalText.escaped(text) }

  private var destination: String { observation.probe.destinationText }
  private var source: String { observation.probe.source.description }
  private var packet: String { conclusion.direction == .probe ? "The packet" : "The answer" }
  private var familyName: String { observation.probe.family == .ipv4 ? "IPv4" : "IPv6" }
  private var question: String {
    observation.probe.family == .ipv4 ? "ARP" : "neighbour solicitations"
  }
  private var hasNetctlTable: Bool {
    path.bridge?.alias?.hasPrefix("netctl network") != true
      || observation.host.chains.contains { $0.table == "netctl" }
  }

  private func message(_ step: RuleStep, _ keeper: TraceKeeper) -> String {
    let chain = "chain \(escaped(step.chain)) in table \(step.family) \(escaped(step.table))"
    let inside = step.side == .container ? " of \(name(.container))" : ""
    // The numbers of netctl's own rules depend on its version.
    let by =
      keeper == .netctl
      ? chain : step.handle.map { "rule \($0) of \(chain)" } ?? "the policy of \(chain)"
    let verb = step.verdict == .other ? "handed to a program" : "dropped"
    return "\(packet) was \(verb) by \(by)\(inside): \(owner(step, keeper))."
  }

  private func owner(_ step: RuleStep, _ keeper: TraceKeeper) -> String {
    switch keeper {
    case .administrator:
      switch (step.table, step.chain) {
      case ("netctl", _): "the administrator's chain among netctl's rules"
      case (_, "DOCKER-USER"): "the administrator's chain among Docker's rules"
      default: "the administrator's"
      }
    case .netctl: netctlReason(step)
    case .docker, .podman, .ufw, .firewalld, .libvirt, .kubernetes, .systemd:
      "\(keeper.rawValue) makes it"
    }
  }

  private func netctlReason(_ step: RuleStep) -> String {
    let output = observation.host.link(step.outputLink)
    let input = observation.host.link(step.inputLink)
    let (from, to) = (input.flatMap(network), output.flatMap(network))
    if let from, from.isInternal, from.id != to?.id {
      return "netctl closes network \(escaped(from.name)), which is internal"
    }
    if let to, to.isInternal, from?.id != to.id {
      return "netctl closes network \(escaped(to.name)), which is internal"
    }
    if let from, let to {
      return from.id == to.id
        ? "containers of network \(escaped(from.name)) may not reach each other (enable_icc)"
        : "netctl keeps networks \(escaped(from.name)) and \(escaped(to.name)) apart"
    }
    if let to { return "netctl opens network \(escaped(to.name)) for published ports only" }
    return "netctl makes it"
  }

  private func refused(_ side: TraceSide, _ others: [ListenerFacts]) -> String {
    let target = isInbound ? path.lastForm : observation.probe
    let port = "\(target.destinationPort)/\(request.protocol.name)"
    let subject = side == .container ? "The container refuses" : "This host refuses"
    if others.isEmpty { return "\(subject): nobody listens on port \(port)." }
    let list = others.map(text).joined(separator: ", ")
    if others.allSatisfy(\.address.isLoopback) {
      return "\(subject): the service listens on \(others[0].address) only (\(list)). "
        + "Let it listen on \(target.destination) or on all addresses."
    }
    return "\(subject): nobody listens on \(target.destinationText) (\(list))."
  }

  private func text(_ listener: ListenerFacts) -> String {
    let address = PacketForm.text(listener.address, listener.port)
    guard let process = listener.process else { return "a socket on \(address)" }
    return "\(escaped(listener.command ?? "")) (\(process)) on \(address)"
  }

  private func notPublished(_ holder: ListenerFacts?) -> String {
    let start =
      "Port \(request.port)/\(request.protocol.name) of \(observation.probe.destination) is "
    if let holder {
      return start + "not published: the host's own \(text(holder)) got the packet. Stop it, or "
        + "publish another port."
    }
    return start + "not published for \(name(.container)): this host took the packet for itself."
  }

  private func refusedOutside(_ link: LinkFacts?, _ kind: AnswerKind) -> String {
    let way = link.map { " by \(escaped($0.name))" } ?? ""
    switch kind {
    case .reset:
      return
        "It left this host\(way), and \(destination) refused it (TCP reset). "
        + "What is on this host is right."
    case .error(let error):
      return
        "It left this host\(way), and \(error.sender) refused it (ICMP type \(error.type), "
        + "code \(error.code)). What is on this host is right."
    case .positive: return "It left this host\(way)."
    }
  }

  private func silentOutside(
    _ link: LinkFacts?, _ rule: PolicyRuleFacts?, _ neighbor: NeighborFacts?
  ) -> String {
    let way = link.map { " by \(escaped($0.name))" } ?? ""
    if let rule {
      return
        "It left this host\(way), and was not answered. The policy rule \(rule.priority) "
        + "(\(escaped(rule.text))) chose that way."
    }
    let hint =
      neighbor.map {
        " The hardware address of \($0.address) was set by hand; it may be wrong."
      } ?? " What is on this host is right."
    return "It left this host\(way), with the right source, and was not answered.\(hint)"
  }
}

extension String {
  fileprivate var lowercasedFirst: String {
    first.map { $0.lowercased() + dropFirst() } ?? self
  }
}
