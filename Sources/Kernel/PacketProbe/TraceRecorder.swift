import Addressing
import LinuxSystem
import Netlink
import Nftables
import PacketTrace

/// Collects what is seen of one probe: sightings on links, and steps through nftables.
struct TraceRecorder {
  private(set) var events: [PacketEvent] = []
  var identity: ProbeIdentity?
  /// What a probe is when it comes from a real client: the port that it connects to.
  var awaited: (number: UInt8, port: UInt16)?
  /// Whether the probe was dropped by a rule that is not the trace's own.
  private(set) var isDropped = false
  /// Whether such a rule dropped an ARP or neighbour discovery message.
  private var hasDroppedResolution = false
  /// Whether the host sent the probe on, so that it knew the next hop.
  private var hasPassedHost = false
  /// What was intercepted before it left.
  private(set) var intercepted: [(direction: TraceDirection, answer: AnswerKind?)] = []
  private let report: (PacketEvent) -> Void
  private var walks: [Walk: Position] = [:]
  /// What may belong to the probe, but came before what tells: its sequence number, or a form that
  /// translation has given it.
  private var held: [Held] = []
  private var heldWalks: Set<Walk> = []
  private static let holdLimit = 2000

  private enum Held {
    case capture(PacketSocket.Capture, TraceSide)
    case event(TraceEvent, TraceSide, time: Int64)
  }

  private struct Walk: Hashable {
    let side: TraceSide
    let id: UInt32
  }

  private struct Position {
    let direction: TraceDirection
    let answer: AnswerKind?
    let form: PacketForm?
    let hook: String?
    let mark: UInt32
    let input: UInt32?
    let output: UInt32?
  }

  init(report: @escaping (PacketEvent) -> Void) {
    self.report = report
  }

  /// Adds a packet, unless it is unrelated.
  mutating func add(_ capture: PacketSocket.Capture, on side: TraceSide) {
    adopt(capture.packet, isIncoming: side == .host && !capture.isOutgoing)
    guard let kind = identity?.classify(capture.packet) else {
      return hold(.capture(capture, side), if: capture.packet)
    }
    append(
      .sighting(
        PacketSighting(
          time: capture.time, side: side, link: capture.link, isOutgoing: capture.isOutgoing,
          direction: kind.direction, form: capture.packet.form, answer: kind.answer)))
  }

  private mutating func hold(_ item: Held, if packet: ParsedPacket) {
    guard mayBelong(packet), held.count < Self.holdLimit else { return }
    held.append(item)
  }

  /// Whether a packet may be the probe's: before a client has come, any of its protocol.
  private func mayBelong(_ packet: ParsedPacket) -> Bool {
    identity?.mayRecognize(packet) ?? (awaited?.number == packet.form.number)
  }

  /// Looks again at what was held back, if more is known of the probe now. `withRules` passes on
  /// the rules of a namespace.
  mutating func replay(_ withRules: (TraceSide, (inout RuleReader) -> Void) -> Void) {
    // No client has come: what arrived is not about one.
    if identity == nil { (held, heldWalks) = ([], []) }
    while !held.isEmpty, identity?.hasLearned == true {
      identity?.hasLearned = false
      let items = held
      held = []
      heldWalks = []
      for item in items {
        switch item {
        case .capture(let capture, let side): add(capture, on: side)
        case .event(let event, let side, let time):
          withRules(side) { rules in add(event, on: side, &rules, time: time) }
        }
      }
    }
  }

  /// Takes the first packet of a real client for the probe.
  private mutating func adopt(_ packet: ParsedPacket, isIncoming: Bool) {
    guard identity == nil, isIncoming, let awaited, packet.form.number == awaited.number,
      packet.form.destinationPort == awaited.port
    else { return }
    let flags = ParsedPacket.syn | ParsedPacket.reset | ParsedPacket.acknowledge
    if awaited.number == 6, packet.flags & flags != ParsedPacket.syn { return }
    identity = ProbeIdentity(
      packet.form, sequence: awaited.number == 6 ? packet.sequence : nil,
      mark: awaited.number == 6 ? [] : Array(packet.payload.prefix(ProbeIdentity.uniqueLength)))
    identity?.hasLearned = true
  }

  /// Adds a step, unless it is unrelated.
  mutating func add(
    _ event: TraceEvent, on side: TraceSide, _ rules: inout RuleReader,
    time: Int64 = SystemClock.nanosecondsSinceEpoch
  ) {
    let walk = Walk(side: side, id: event.id)
    if let network = event.networkHeader {
      heldWalks.remove(walk)
      walks[walk] = position(event, network, &rules)
      if walks[walk] == nil, held.count < Self.holdLimit,
        let packet = ParsedPacket(network: network, transport: event.transportHeader ?? []),
        mayBelong(packet)
      {
        heldWalks.insert(walk)
      }
    }
    if heldWalks.contains(walk) { held.append(.event(event, side, time: time)) }
    guard let position = walks[walk], let family = NetfilterFamily.name(event.family) else {
      return
    }
    var step = RuleStep(
      time: time, side: side, direction: position.direction,
      family: family, table: event.table, chain: event.chain, hook: position.hook, handle: nil,
      isPolicy: false, verdict: RuleStep.Verdict(event), inputLink: position.input,
      outputLink: position.output, mark: position.mark, form: position.form)
    switch event.kind {
    case .rule(let handle): step.handle = handle
    case .policy: step.isPolicy = true
    case .end: break
    }
    if step.isOwn {
      if step.verdict == .drop { intercepted.append((position.direction, position.answer)) }
    } else {
      rules.describe(&step, family: event.family)
      if step.verdict == .drop {
        if step.direction == .resolution { hasDroppedResolution = true } else { isDropped = true }
      }
    }
    append(.step(step))
  }

  /// The packet of the first event of a base chain; nil for an unrelated one.
  private mutating func position(
    _ event: TraceEvent, _ network: [UInt8], _ rules: inout RuleReader
  ) -> Position? {
    let transport = event.transportHeader ?? []
    if identity?.isResolution(network: network, transport: transport) == true {
      return Position(
        direction: .resolution, answer: nil, form: nil, hook: rules.hook(of: event),
        mark: event.mark ?? 0, input: event.inputLink, output: event.outputLink)
    }
    guard let packet = ParsedPacket(network: network, transport: transport) else { return nil }
    var kind = identity?.classify(packet)
    // What an ICMP error is about has been cut off, but only those about the probe are traced.
    if kind == nil, packet.isError {
      let error = ICMPError(
        sender: packet.form.source, type: packet.icmpType, code: packet.icmpCode,
        mtu: packet.mtu)
      kind = (.answer, .error(error))
    }
    guard let kind else { return nil }
    return Position(
      direction: kind.direction, answer: kind.answer, form: packet.isError ? nil : packet.form,
      hook: rules.hook(of: event), mark: event.mark ?? 0, input: event.inputLink,
      output: event.outputLink)
  }

  /// Whether the probe waits for a next hop that a rule hides.
  var isHeldByResolution: Bool { hasDroppedResolution && !hasPassedHost }

  private mutating func append(_ event: PacketEvent) {
    if case .sighting(let sighting) = event, sighting.side == .host, sighting.isOutgoing,
      sighting.direction == .probe
    {
      hasPassedHost = true
    }
    events.append(event)
    report(event)
  }
}

extension RuleStep.Verdict {
  fileprivate init(_ event: TraceEvent) {
    switch event.kind {
    case .policy(let isDrop): self = isDrop ? .drop : .accept
    case .rule, .end:
      switch event.verdict {
      case .accept?: self = .accept
      case .drop?: self = .drop
      case .jump(let chain)?: self = .jump(chain)
      case .goto(let chain)?: self = .goto(chain)
      case .return?: self = .return
      case .continue?, nil: self = .continue
      case .other?: self = .other
      }
    }
  }
}
