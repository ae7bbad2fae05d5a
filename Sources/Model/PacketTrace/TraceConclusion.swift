public import Addressing

/// How a trace ended.
public enum TraceStatus: String, Sendable {
  case answered, stopped, refused, unanswered, lost
}

/// How sure a conclusion is.
public enum TraceCertainty: String, Sendable {
  /// The kernel named the rule.
  case traced
  /// An error number, a counter or an ICMP message of the kernel.
  case kernel
  /// Seen on a link.
  case seen
  /// It is configured so, and the packet got no further than that.
  case state
  /// A counter of legacy xtables.
  case counted
  case unknown
}

/// Why a packet got no further.
public enum TraceCause: Hashable, Sendable {
  case answered
  /// A rule or policy of nftables.
  case rule(RuleStep, FirewallManager)
  /// A rule or policy of legacy xtables.
  case legacyRule(LegacyHit)
  /// A link that is down.
  case linkDown(TraceSide, LinkFacts)
  /// A link that is up and has no carrier.
  case noCarrier(LinkFacts)
  /// The host's end of a container's link is no port of its bridge.
  case offBridge(LinkFacts, bridge: LinkFacts?)
  /// A port that does not forward.
  case portState(LinkFacts, bridge: LinkFacts)
  /// A port that may not exchange frames with other isolated ones.
  case isolatedPort(LinkFacts, bridge: LinkFacts)
  /// The destination is on a link of a container whose frames bypass this host, so that neither the
  /// host nor its networks reach it.
  case bypassesHost(TraceSide, link: LinkFacts)
  /// A link has no address of the family, or lacks the one to which the packet goes.
  case noAddress(TraceSide, IPAddress?, link: LinkFacts)
  /// The container has no route.
  case noContainerRoute
  /// A route of the container or the host rejects the packet.
  case rejectingRoute(TraceSide, RejectingRoute?)
  /// A policy rule of the container or the host rejects the packet.
  case rejectingRule(TraceSide, PolicyRuleFacts)
  /// The host has no route; the link is the only one that lacks an address.
  case noHostRoute(bare: LinkFacts?)
  /// Forwarding is off for all links, or for one.
  case forwardingOff(link: LinkFacts?)
  /// rp_filter drops what arrives on this link.
  case reversePathFilter(link: LinkFacts, source: IPAddress, expected: LinkFacts?)
  /// The next hop does not answer ARP or neighbour solicitations.
  case silentNextHop(TraceSide, IPAddress, link: LinkFacts)
  /// A next hop of the container that is not the address of its bridge.
  case wrongGateway(IPAddress, expected: IPAddress, link: LinkFacts)
  /// A neighbour entry with another hardware address than that of its owner.
  case wrongNeighbor(TraceSide, NeighborFacts, link: LinkFacts, owner: MACAddress)
  case tooBig(mtu: Int, link: LinkFacts?, sender: IPAddress?)
  case conntrackFull(count: Int, limit: Int)
  /// It left with an address that is not the host's.
  case notMasqueraded(link: LinkFacts)
  /// A rule gave it an address that is not the host's.
  case foreignSource(RuleStep?, IPAddress, link: LinkFacts)
  /// A rule keeps it out of connection tracking, so that its addresses are not translated.
  case untracked(RuleStep)
  /// It went elsewhere: a rule translated the destination, or a route leads there.
  case diverted(RuleStep?, to: PacketForm)
  /// The same by a rule of legacy xtables.
  case divertedByLegacyRule(LegacyHit, to: PacketForm)
  /// Its hop limit was reached on this host. The rule set that limit; otherwise it is that of the
  /// container's sysctl.
  case hopLimitExceeded(RuleStep?, limit: Int?)
  /// Nothing listens where the packet was delivered.
  case noListener(TraceSide, others: [ListenerFacts])
  /// A packet that was meant for the container was delivered to the host itself.
  case notPublished(holder: ListenerFacts?)
  /// Refused by something beyond this host, or by another container.
  case refusedOutside(link: LinkFacts?, by: AnswerKind)
  /// Nothing came back. The rule is the policy rule that chose the way.
  case silentOutside(link: LinkFacts?, by: PolicyRuleFacts?, permanentNeighbor: NeighborFacts?)
  /// A container received it and does not answer.
  case silentContainer(TraceSide, listener: ListenerFacts?)
  /// `--dry-run` intercepted it after all rules.
  case interceptedByDryRun(link: LinkFacts?)
  case lostBetween(from: String, to: String)
  /// Nothing can be concluded.
  case incomplete
  /// The injected frame was not seen on its link.
  case notInjected(LinkFacts?)
  /// No client connected.
  case noClient
}

/// What a trace found.
public struct TraceConclusion: Hashable, Sendable {
  package let status: TraceStatus
  package let certainty: TraceCertainty
  /// Which packet got no further.
  package let direction: TraceDirection
  package let cause: TraceCause

  package init(
    _ status: TraceStatus, _ certainty: TraceCertainty, _ direction: TraceDirection = .probe,
    _ cause: TraceCause
  ) {
    self.status = status
    self.certainty = certainty
    self.direction = direction
    self.cause = cause
  }

  /// The exit status of the command: 0 answered, 2 stopped on this host, 3 not answered beyond it,
  /// 4 not known.
  package var exitStatus: Int32 {
    switch status {
    case .answered: 0
    case .stopped: 2
    case .refused, .unanswered: hasLeftHost ? 3 : 2
    case .lost: 4
    }
  }

  private var hasLeftHost: Bool {
    switch cause {
    case .noListener, .notPublished, .silentContainer: false
    case .refusedOutside(let link?, _), .silentOutside(let link?, _, _): !link.leadsToContainer
    default: true
    }
  }
}
