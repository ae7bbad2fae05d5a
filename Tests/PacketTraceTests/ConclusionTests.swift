import Addressing
import PacketTrace
import SystemErrors
import Testing

/// Conclusions from observations, in the order that keeps false ones away.
struct ConclusionTests {
  private static let probe = PacketForm(
    source: IPAddress("10.9.0.2")!, destination: IPAddress("1.1.1.1")!, number: 6,
    sourcePort: 41841, destinationPort: 443)
  private static let port = LinkFacts(
    index: 5, name: "veth1", kind: .veth, master: 4, peer: 2, portState: .forwarding)
  private static let bridge = LinkFacts(index: 4, name: "br-blue", kind: .bridge)
  private static let uplink = LinkFacts(index: 3, name: "up0")

  /// A probe that left the container and was seen on the bridge.
  private func observation() -> TraceObservation {
    var observation = TraceObservation(
      request: TraceRequest(
        origin: .container, protocol: .tcp, destination: Self.probe.destination, port: 443),
      probe: Self.probe, bytes: 60, packets: 1)
    observation.host.links = [Self.uplink, Self.bridge, Self.port]
    observation.host.addresses = [
      AddressFacts(link: 4, prefix: prefix("10.9.0.1/24")),
      AddressFacts(link: 3, prefix: prefix("192.0.2.2/24")),
    ]
    observation.container.links = [
      LinkFacts(index: 1, name: "lo"),
      LinkFacts(index: 2, name: "eth0", kind: .veth, peer: 5),
    ]
    observation.container.addresses = [AddressFacts(link: 2, prefix: prefix("10.9.0.2/24"))]
    observation.containerRoute = .route(route(link: 2, gateway: "10.9.0.1"))
    observation.hostRoute = .route(route(link: 3, gateway: "192.0.2.1"))
    observation.host.sysctls = [
      "ipv4/conf/all/forwarding": "1", "ipv4/conf/br-blue/forwarding": "1",
    ]
    observation.events = [
      sighting(.container, 2, isOutgoing: true), sighting(.host, 5, isOutgoing: false),
      sighting(.host, 4, isOutgoing: false),
    ]
    return observation
  }

  @Test func lostEventsForbidConclusions() {
    var observation = observation()
    observation.isIncomplete = true
    observation.events.append(.step(drop))

    let conclusion = TraceConclusion(observation)

    #expect(conclusion.cause == .incomplete)
    #expect(conclusion.exitStatus == 4)
  }

  @Test func aDropIsNamed() {
    var observation = observation()
    observation.events.append(.step(drop))

    let conclusion = TraceConclusion(observation)

    #expect(conclusion.cause == .rule(drop, .administrator))
    #expect(conclusion.certainty == .traced)
    #expect(conclusion.exitStatus == 2)
  }

  @Test func aLinkOffItsBridgeComesBeforeTheDropThatFollows() {
    var observation = observation()
    observation.events.removeLast()
    observation.host.links[2].master = nil
    observation.events.append(.step(drop))

    let conclusion = TraceConclusion(observation)

    var port = Self.port
    port.master = nil
    #expect(conclusion.cause == .offBridge(port, bridge: Self.bridge))
  }

  @Test(arguments: [
    (Errno.networkUnreachable, TraceCause.noHostRoute(bare: nil)),
    (.invalidArgument, .rejectingRoute(.host, nil)),
  ])
  func refusedRoutesAreNamed(_ errno: Errno, _ cause: TraceCause) {
    var observation = observation()
    observation.hostRoute = .refused(errno)

    #expect(TraceConclusion(observation).cause == cause)
  }

  @Test func forwardingIsLookedAtBeforeTheRoute() {
    var observation = observation()
    observation.hostRoute = .refused(.hostUnreachable)
    observation.host.sysctls["ipv4/conf/br-blue/forwarding"] = "0"

    #expect(TraceConclusion(observation).cause == .forwardingOff(link: Self.bridge))

    observation.host.sysctls["ipv4/conf/all/forwarding"] = "0"
    #expect(TraceConclusion(observation).cause == .forwardingOff(link: nil))
  }

  @Test func reversePathFilterIsToldFromABlackhole() {
    var observation = observation()
    observation.hostRoute = .refused(.invalidArgument)
    observation.hostRouteWithoutInput = .route(route(link: 3, gateway: "192.0.2.1"))
    observation.host.sysctls["ipv4/conf/br-blue/rp_filter"] = "1"

    guard case .reversePathFilter(let link, _, _) = TraceConclusion(observation).cause else {
      Issue.record("\(TraceConclusion(observation))")
      return
    }
    #expect(link == Self.bridge)
  }

  @Test func conntrackThatIsFullNeedsCounterAndLimit() {
    var observation = observation()
    observation.host.counters["conntrack.drop"] = 1
    observation.host.sysctls["netfilter/nf_conntrack_count"] = "10"
    observation.host.sysctls["netfilter/nf_conntrack_max"] = "10"

    #expect(TraceConclusion(observation).cause == .conntrackFull(count: 10, limit: 10))

    observation.host.counters["conntrack.drop"] = 0
    #expect(TraceConclusion(observation).status == .lost)
  }

  @Test func whatLeftWithAStrangeSourceIsNotMasqueraded() {
    var observation = observation()
    observation.events.append(sighting(.host, 3, isOutgoing: true))

    #expect(TraceConclusion(observation).cause == .notMasqueraded(link: Self.uplink))
  }

  @Test func silenceOutsideIsNotBlamedOnThisHost() {
    var observation = observation()
    var form = Self.probe
    form.source = IPAddress("192.0.2.2")!
    observation.events.append(sighting(.host, 3, isOutgoing: true, form))

    let conclusion = TraceConclusion(observation)

    #expect(conclusion.status == .unanswered)
    #expect(conclusion.exitStatus == 3)
  }

  @Test func silentRouterIsNamed() {
    var observation = observation()
    observation.host.neighbors = [
      NeighborFacts(link: 3, address: IPAddress("192.0.2.1")!, isUnanswered: true)
    ]

    #expect(
      TraceConclusion(observation).cause
        == .silentNextHop(.host, IPAddress("192.0.2.1")!, link: Self.uplink))
  }

  @Test func aPacketThatNeverLeftIsStopped() {
    var observation = observation()
    observation.host.neighbors = [
      NeighborFacts(link: 3, address: IPAddress("192.0.2.1")!, isUnanswered: true)
    ]

    #expect(TraceConclusion(observation).exitStatus == 2)
  }

  @Test func aForeignTranslationIsBlamedForSilence() {
    var observation = observation()
    var (step, form) = (drop, Self.probe)
    (step.hook, step.verdict, step.rule) = ("prerouting", .accept, "dnat ip to 192.0.2.9:9")
    (form.source, form.destination) = (IPAddress("192.0.2.2")!, IPAddress("192.0.2.9")!)
    form.destinationPort = 9
    observation.events += [.step(step), sighting(.host, 3, isOutgoing: true, form)]

    form.source = Self.probe.source
    #expect(TraceConclusion(observation).cause == .diverted(step, to: form))

    // A condition about translated connections translates nothing.
    step.rule = "ct status dnat accept"
    observation.events[3] = .step(step)
    #expect(TraceConclusion(observation).status == .unanswered)
  }

  @Test func whatAnotherContainerAnswersIsNotThisOnesAnswer() {
    var observation = observation()
    observation.request.origin = .address(IPAddress("198.51.100.9")!)
    var form = Self.probe
    form.destination = IPAddress("10.8.0.2")!
    observation.events = [
      sighting(.host, 3, isOutgoing: false), sighting(.host, 4, isOutgoing: true, form),
    ]
    observation.isAnswered = true

    #expect(TraceConclusion(observation).cause == .diverted(nil, to: form))
  }

  @Test func aDropOfNeighborDiscoveryCountsOnlyIfSomebodyIsSought() {
    var observation = observation()
    var step = drop
    step.direction = .resolution
    observation.events.append(.step(step))
    #expect(TraceConclusion(observation).status == .lost)

    observation.container.neighbors = [
      NeighborFacts(link: 2, address: IPAddress("10.9.0.1")!, isUnanswered: true)
    ]
    #expect(TraceConclusion(observation).cause == .rule(step, .administrator))
  }

  @Test func aRuleThatNetctlDidNotMakeIsNotItsOwn() {
    var step = drop
    (step.table, step.isForeign) = ("netctl", true)

    #expect(FirewallManager(step, in: NamespaceFacts()) == .administrator)
  }

  @Test(arguments: [
    ("filter", "DOCKER-USER", FirewallManager.administrator), ("filter", "DOCKER", .docker),
    ("filter", "ufw-user-forward", .ufw), ("firewalld", "filter_FORWARD", .firewalld),
    ("netctl", "within", .netctl), ("netctl", "admin", .administrator),
    ("filter", "LIBVIRT_FWI", .libvirt), ("mine", "forward", .administrator),
    ("docker-bridges", "filter-forward-in__docker0", .docker),
  ])
  func managersAreKnownByNames(_ table: String, _ chain: String, _ manager: FirewallManager) {
    var step = drop
    (step.table, step.chain) = (table, chain)

    #expect(FirewallManager(step, in: NamespaceFacts()) == manager)
  }

  @Test func policyOfASharedTableIsThatOfTheProgramThatUsesIt() {
    var step = drop
    (step.family, step.table, step.chain) = ("ip", "filter", "FORWARD")
    (step.isPolicy, step.handle) = (true, nil)
    var facts = NamespaceFacts()
    #expect(FirewallManager(step, in: facts) == .administrator)

    facts.chains = [ChainFacts(family: "ip", table: "filter", name: "DOCKER-USER", hook: nil)]
    #expect(FirewallManager(step, in: facts) == .docker)
    facts.chains = [ChainFacts(family: "ip", table: "filter", name: "ufw-before", hook: nil)]
    #expect(FirewallManager(step, in: facts) == .ufw)
  }

  private var drop: RuleStep {
    RuleStep(
      time: 9, side: .host, direction: .probe, family: "inet", table: "mine", chain: "forward",
      hook: "forward", handle: 3, isPolicy: false, verdict: .drop, rule: "drop", form: Self.probe)
  }

  private func prefix(_ text: String) -> IPPrefix {
    (try? IPPrefix(parsing: text))!
  }

  private func route(link: UInt32, gateway: String) -> RouteFacts {
    RouteFacts(
      isLocal: false, link: link, gateway: IPAddress(gateway), source: nil, table: 254,
      prefix: prefix("0.0.0.0/0"))
  }

  private func sighting(
    _ side: TraceSide, _ link: UInt32, isOutgoing: Bool, _ form: PacketForm = probe
  ) -> PacketEvent {
    .sighting(
      PacketSighting(
        time: 1, side: side, link: link, isOutgoing: isOutgoing, direction: .probe, form: form,
        answer: nil))
  }
}
