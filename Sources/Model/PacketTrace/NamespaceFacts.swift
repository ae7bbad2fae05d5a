package import Addressing
public import SystemErrors

/// A link as a trace needs it.
public struct LinkFacts: Hashable, Sendable {
  package enum PortState: UInt8, Hashable, Sendable {
    case disabled, listening, learning, forwarding, blocking
  }

  package var index: UInt32
  package var name: String
  package var kind: LinkKind?
  package var owner: LinkOwner?
  package var isUp: Bool
  package var hasCarrier: Bool
  package var mtu: Int
  package var mac: MACAddress?
  package var master: UInt32?
  /// The other end of a pair, in its namespace.
  package var peer: UInt32?
  package var portState: PortState?
  /// Whether it is a bridge that runs the spanning tree protocol.
  package var runsSpanningTree: Bool
  package var isIsolated: Bool
  package var hasXDP: Bool

  package init(
    index: UInt32, name: String, kind: LinkKind? = nil, owner: LinkOwner? = nil, isUp: Bool = true,
    hasCarrier: Bool = true, mtu: Int = 1500, mac: MACAddress? = nil, master: UInt32? = nil,
    peer: UInt32? = nil, portState: PortState? = nil, runsSpanningTree: Bool = false,
    isIsolated: Bool = false, hasXDP: Bool = false
  ) {
    self.index = index
    self.name = name
    self.kind = kind
    self.owner = owner
    self.isUp = isUp
    self.hasCarrier = hasCarrier
    self.mtu = mtu
    self.mac = mac
    self.master = master
    self.peer = peer
    self.portState = portState
    self.runsSpanningTree = runsSpanningTree
    self.isIsolated = isIsolated
    self.hasXDP = hasXDP
  }

  /// Whether its frames bypass the host's IP layer, on the way to or from the link below it.
  package var bypassesHost: Bool { kind?.isStacked == true }

  /// Whether it is the host's end of a container's link.
  package var leadsToContainer: Bool { kind?.isPair == true && master != nil }
}

extension LinkFacts {
  /// Whether it is the bridge of one of netctl's networks.
  package var isOfNetwork: Bool { if case .network? = owner { true } else { false } }

  /// Whether netctl made it for an endpoint.
  package var isOfEndpoint: Bool { if case .endpoint? = owner { true } else { false } }
}

/// A neighbour entry.
public struct NeighborFacts: Hashable, Sendable {
  package let link: UInt32
  package let address: IPAddress
  package let mac: MACAddress?
  /// Whether the kernel asks and gets no reply.
  package let isUnanswered: Bool
  package let isPermanent: Bool
  package let isRouter: Bool

  package init(
    link: UInt32, address: IPAddress, mac: MACAddress? = nil, isUnanswered: Bool,
    isPermanent: Bool = false, isRouter: Bool = false
  ) {
    self.link = link
    self.address = address
    self.mac = mac
    self.isUnanswered = isUnanswered
    self.isPermanent = isPermanent
    self.isRouter = isRouter
  }
}

/// An address of a link.
public struct AddressFacts: Hashable, Sendable {
  package let link: UInt32
  package let prefix: IPPrefix

  package init(link: UInt32, prefix: IPPrefix) {
    self.link = link
    self.prefix = prefix
  }
}

/// A socket that waits on the probe's port.
public struct ListenerFacts: Hashable, Sendable {
  package let address: IPAddress
  package let port: UInt16
  package let process: Int32?
  package let command: String?

  package init(address: IPAddress, port: UInt16, process: Int32?, command: String?) {
    self.address = address
    self.port = port
    self.process = process
    self.command = command
  }

  /// Whether it takes packets to an address.
  package func serves(_ destination: IPAddress) -> Bool {
    address.isUnspecified
      ? address.family == .ipv6 || destination.family == .ipv4
      : address.unmapped == destination.unmapped
  }
}

/// A chain of nftables.
public struct ChainFacts: Hashable, Sendable {
  package let family: String
  package let table: String
  package let name: String
  package let hook: String?
  package let priority: Int32
  package let devices: [String]

  package init(
    family: String, table: String, name: String, hook: String?, priority: Int32 = 0,
    devices: [String] = []
  ) {
    self.family = family
    self.table = table
    self.name = name
    self.hook = hook
    self.priority = priority
    self.devices = devices
  }
}

/// A route that a lookup found.
public struct RouteFacts: Hashable, Sendable {
  package let isLocal: Bool
  package let link: UInt32?
  package let gateway: IPAddress?
  package let source: IPAddress?
  package let table: UInt32
  package let prefix: IPPrefix?

  package init(
    isLocal: Bool, link: UInt32?, gateway: IPAddress?, source: IPAddress?, table: UInt32,
    prefix: IPPrefix?
  ) {
    self.isLocal = isLocal
    self.link = link
    self.gateway = gateway
    self.source = source
    self.table = table
    self.prefix = prefix
  }
}

/// What the FIB says about a packet.
public enum RouteAnswer: Hashable, Sendable {
  case route(RouteFacts)
  case refused(Errno)

  package var route: RouteFacts? {
    if case .route(let facts) = self { facts } else { nil }
  }
}

/// A policy rule.
public struct PolicyRuleFacts: Hashable, Sendable {
  package let family: AddressFamily
  package let priority: UInt32
  package let table: UInt32
  package let text: String

  package init(family: AddressFamily, priority: UInt32, table: UInt32, text: String) {
    self.family = family
    self.priority = priority
    self.table = table
    self.text = text
  }
}

/// A route that rejects packets.
public struct RejectingRoute: Hashable, Sendable {
  package let prefix: IPPrefix
  /// As ip-route(8) spells it: `blackhole`, `unreachable` or `prohibit`.
  package let kind: String
  package let table: UInt32

  package init(prefix: IPPrefix, kind: String, table: UInt32) {
    self.prefix = prefix
    self.kind = kind
    self.table = table
  }

  /// Whether ip-route(8) finds it without the name of a table: in main, local or unspec.
  package var isInCommonTable: Bool { [254, 255, 0].contains(table) }
}

/// A rule or policy of legacy xtables whose counter rose during the trace and that fits the probe.
public struct LegacyHit: Hashable, Sendable {
  package let side: TraceSide
  package let direction: TraceDirection
  package let table: String
  package let chain: String
  /// Counted from 1 as by iptables(8); 0 for the policy.
  package let number: Int
  package let isDrop: Bool
  /// The target, such as `REJECT`.
  package let target: String

  package init(
    side: TraceSide, direction: TraceDirection, table: String, chain: String, number: Int,
    isDrop: Bool, target: String
  ) {
    self.side = side
    self.direction = direction
    self.table = table
    self.chain = chain
    self.number = number
    self.isDrop = isDrop
    self.target = target
  }
}

/// The state of one namespace after a trace.
public struct NamespaceFacts: Sendable {
  package var links: [LinkFacts] = []
  package var addresses: [AddressFacts] = []
  package var neighbors: [NeighborFacts] = []
  package var chains: [ChainFacts] = []
  package var listeners: [ListenerFacts] = []
  package var policyRules: [PolicyRuleFacts] = []
  package var rejectingRoutes: [RejectingRoute] = []
  package var legacyHits: [LegacyHit] = []
  /// Sysctls by path under `net`, such as `ipv4/conf/all/forwarding`.
  package var sysctls: [String: String] = [:]
  /// How much counters rose during the trace, such as `TcpExt.IPReversePathFilter`.
  package var counters: [String: Int] = [:]

  package init() {}

  package func link(_ index: UInt32?) -> LinkFacts? {
    guard let index else { return nil }
    return links.first { $0.index == index }
  }

  package func addresses(of link: UInt32, _ family: AddressFamily) -> [IPPrefix] {
    addresses.filter { $0.link == link && $0.prefix.family == family }.map(\.prefix)
  }

  package func owns(_ address: IPAddress) -> Bool {
    address.isLoopback || addresses.contains { $0.prefix.address == address }
  }

  package func isUnanswered(_ address: IPAddress, on link: UInt32?) -> Bool {
    neighbors.contains {
      $0.address == address && $0.isUnanswered && (link == nil || $0.link == link)
    }
  }

  /// Whether a link has an address of a family besides link-local ones.
  package func hasAddress(on link: UInt32, _ family: AddressFamily) -> Bool {
    addresses(of: link, family).contains { !$0.address.isLinkLocalUnicast }
  }

  package func sysctl(_ path: String) -> Int? { sysctls[path].flatMap { Int($0) } }

  /// The chains' names of a table.
  package func chainNames(_ family: String, _ table: String) -> [String] {
    chains.filter { $0.family == family && $0.table == table }.map(\.name)
  }
}
