package import Addressing

/// The namespace in which something was seen.
public enum TraceSide: Hashable, Sendable {
  case container
  case host
  /// Another container, to which the probe goes.
  case peer
}

/// Which of the packets that belong to a probe.
public enum TraceDirection: Hashable, Sendable {
  case probe
  case answer
  /// ARP and neighbour discovery, by which both find the owner of their next hop.
  case resolution
}

/// What kind of answer a packet is.
public enum AnswerKind: Hashable, Sendable {
  /// A SYN-ACK, an echo reply, a datagram.
  case positive
  /// A TCP segment with RST.
  case reset
  /// An ICMP error about the probe.
  case error(ICMPError)
}

/// An ICMP error about the probe.
public struct ICMPError: Hashable, Sendable {
  package let sender: IPAddress
  package let type: UInt8
  package let code: UInt8
  /// The MTU of the next link, if the packet was too big.
  package let mtu: UInt32?

  package init(sender: IPAddress, type: UInt8, code: UInt8, mtu: UInt32?) {
    self.sender = sender
    self.type = type
    self.code = code
    self.mtu = mtu
  }

  /// Whether the packet was too big for a link (RFC 1191, RFC 8201).
  package var isTooBig: Bool {
    sender.family == .ipv4 ? type == 3 && code == 4 : type == 2
  }

  /// Whether it passed too many routers.
  package var isTimeExceeded: Bool { type == (sender.family == .ipv4 ? 11 : 3) }

  /// Whether the port has no listener.
  package var isPortUnreachable: Bool {
    sender.family == .ipv4 ? type == 3 && code == 3 : type == 1 && code == 4
  }
}

/// A packet on a link.
public struct PacketSighting: Hashable, Sendable {
  /// Nanoseconds on the kernel's clock.
  package let time: Int64
  package let side: TraceSide
  package let link: UInt32
  package let isOutgoing: Bool
  package let direction: TraceDirection
  package let form: PacketForm
  /// Nil for the probe.
  package let answer: AnswerKind?

  package init(
    time: Int64, side: TraceSide, link: UInt32, isOutgoing: Bool, direction: TraceDirection,
    form: PacketForm, answer: AnswerKind?
  ) {
    self.time = time
    self.side = side
    self.link = link
    self.isOutgoing = isOutgoing
    self.direction = direction
    self.form = form
    self.answer = answer
  }
}

/// A rule or policy of nftables that the packet met.
public struct RuleStep: Hashable, Sendable {
  package enum Verdict: Hashable, Sendable {
    case accept
    case drop
    case jump(String)
    case goto(String)
    case `return`
    case `continue`
    case other
  }

  /// Nanoseconds on the kernel's clock at which the report arrived.
  package var time: Int64
  package var side: TraceSide
  package var direction: TraceDirection
  /// The family as nft spells it.
  package var family: String
  package var table: String
  package var chain: String
  /// The hook of the base chain by which the packet came here; nil if it is gone.
  package var hook: String?
  /// Nil for a policy or the end of a chain.
  package var handle: UInt64?
  package var isPolicy: Bool
  package var verdict: Verdict
  /// The rule as nft spells it.
  package var rule: String?
  package var comment: String?
  package var inputLink: UInt32?
  package var outputLink: UInt32?
  package var mark: UInt32
  package var form: PacketForm?
  /// Whether it is in a table of netctl's and netctl did not make it.
  package var isForeign = false

  package init(
    time: Int64, side: TraceSide, direction: TraceDirection, family: String, table: String,
    chain: String, hook: String?, handle: UInt64?, isPolicy: Bool, verdict: Verdict,
    rule: String? = nil, comment: String? = nil, inputLink: UInt32? = nil,
    outputLink: UInt32? = nil, mark: UInt32 = 0, form: PacketForm? = nil
  ) {
    self.time = time
    self.side = side
    self.direction = direction
    self.family = family
    self.table = table
    self.chain = chain
    self.hook = hook
    self.handle = handle
    self.isPolicy = isPolicy
    self.verdict = verdict
    self.rule = rule
    self.comment = comment
    self.inputLink = inputLink
    self.outputLink = outputLink
    self.mark = mark
    self.form = form
  }

  /// Whether it belongs to the table of a trace.
  package var isOwn: Bool { table.hasPrefix(Self.ownTablePrefix) }

  package static let ownTablePrefix = "netctl-trace-"
}

/// One thing that was observed of the packets of a probe.
public enum PacketEvent: Hashable, Sendable {
  case sighting(PacketSighting)
  case step(RuleStep)

  package var time: Int64 {
    switch self {
    case .sighting(let sighting): sighting.time
    case .step(let step): step.time
    }
  }

  package var direction: TraceDirection {
    switch self {
    case .sighting(let sighting): sighting.direction
    case .step(let step): step.direction
    }
  }
}
