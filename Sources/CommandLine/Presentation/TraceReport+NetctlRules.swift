import Addressing
import NetworkModel
import PacketTrace

/// What a rule of netctl's own that dropped a packet is for, and what lets the packet pass.
extension TraceReport {
  func netctlReason(_ step: RuleStep) -> String {
    switch NetctlRulePurpose(step) {
    case .networkBoundary: boundaryReason(step)
    case .containerTraffic: containerTrafficReason(step)
    case .senderAddress:
      step.form.map { "the sender may not use the source address \($0.source)" }
        ?? "the sender may not use that source address"
    case .announcedAddress: "the sender may not announce that address as its own"
    case .infrastructure:
      "containers may not send each other what only routers, DHCP servers and bridges send"
    case .routeMessage: "it could change this host's routes"
    case .invalidState: "connection tracking considers it invalid"
    case .transit: "netctl has enabled forwarding for its own networks only"
    case .tunnel: "tunnels take datagrams from hosts of the cluster only"
    case nil: "it is a rule of netctl's"
    }
  }

  /// The networks between which a packet was forwarded; nil for what is not one of netctl's.
  private func networks(of step: RuleStep) -> (from: Network?, to: Network?) {
    (
      observation.host.link(step.inputLink).flatMap(network),
      observation.host.link(step.outputLink).flatMap(network)
    )
  }

  private func boundaryReason(_ step: RuleStep) -> String {
    let (from, to) = networks(of: step)
    if let reason = from.flatMap(internalReason) ?? to.flatMap(internalReason) { return reason }
    guard let to else { return "netctl reserves that address for this host and its containers" }
    guard let from else {
      return "netctl opens network \(escaped(to.name)) for published ports only"
    }
    return from.id == to.id
      ? "netctl's rules lack network \(escaped(to.name))"
      : "netctl keeps networks \(escaped(from.name)) and \(escaped(to.name)) apart"
  }

  private func containerTrafficReason(_ step: RuleStep) -> String {
    let name = networks(of: step).to.map { "network \(escaped($0.name))" } ?? "this network"
    return "containers of \(name) may not reach each other (enable_icc)"
  }

  func internalReason(_ network: Network) -> String? {
    network.isInternal ? "netctl closes network \(escaped(network.name)), which is internal" : nil
  }

  /// Nothing lets pass what would pretend to be another's, or is no part of any connection.
  func netctlRemedy(_ step: RuleStep) -> [String] {
    switch NetctlRulePurpose(step) {
    case .networkBoundary: boundaryRemedy(step)
    case .containerTraffic: step.form.map { [exception($0)] } ?? []
    case .senderAddress, .announcedAddress, .infrastructure, .routeMessage, .invalidState,
      .transit, .tunnel, nil:
      []
    }
  }

  private func boundaryRemedy(_ step: RuleStep) -> [String] {
    let (from, to) = networks(of: step)
    if isInbound, from == nil {
      // Nothing opens it to the outside: only a published port on another network would.
      if to?.isInternal == true { return [] }
      return observation.container.owns(observation.probe.destination)
        ? [exception(observation.probe)] : publishing
    }
    if let to, to.id == from?.id { return [Self.reload] }
    // A container may be on both networks.
    if let to { return ["netctl network connect \(word(to.name)) \(word(container))"] }
    return from?.isInternal == true ? connecting : []
  }

  /// A rule in the administrator's chain among netctl's.
  func exception(_ form: PacketForm) -> String {
    let name = form.family == .ipv4 ? "ip" : "ip6"
    return inserting(
      "\(name) saddr \(form.source) \(name) daddr \(form.destination) accept", "add",
      "inet netctl admin")
  }

  /// The same for the messages by which IPv6 neighbours find each other.
  var neighborExceptions: [String] {
    guard observation.probe.family == .ipv6 else { return [] }
    let name = TerminalText.ruleQuoted(bridgeName)
    let bridge = "iifname \(name) oifname \(name)"
    let types = "icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert }"
    return [inserting("\(bridge) \(types) accept", "add", "inet netctl admin")]
  }
}
