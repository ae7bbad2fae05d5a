import LinuxSystem
import Netlink
import Nftables
import PacketTrace

/// Looks up hooks and texts of the rules of one namespace.
struct RuleReader: ~Copyable {
  private var socket: NftablesSocket
  private(set) var chains: [InstalledChain]
  private var rules: [RuleKey: InstalledRule?] = [:]
  private let linkName: (UInt32) -> String?

  private struct RuleKey: Hashable {
    let family: UInt8
    let table: String
    let chain: String
    let handle: UInt64
  }

  /// Reads the chains of the thread's namespace.
  static func open(
    linkName: @escaping (UInt32) -> String?
  ) throws(NetlinkError) -> RuleReader {
    var socket = try NftablesSocket.open()
    let chains = try socket.chains()
    return RuleReader(socket: socket, chains: chains, linkName: linkName)
  }

  private init(
    socket: consuming NftablesSocket, chains: [InstalledChain],
    linkName: @escaping (UInt32) -> String?
  ) {
    self.socket = socket
    self.chains = chains
    self.linkName = linkName
  }

  /// Whether there are chains that the trace did not make.
  var hasChains: Bool { chains.contains { $0.hookName != nil } }

  /// Whether a chain translates addresses.
  var translates: Bool { chains.contains { $0.type == "nat" } }

  var facts: [ChainFacts] {
    chains.compactMap { chain in
      NetfilterFamily.name(chain.family).map {
        ChainFacts(
          family: $0, table: chain.table, name: chain.name, hook: chain.hookName,
          priority: chain.priority, devices: chain.devices)
      }
    }
  }

  /// The hook of the base chain of an event; nil if it was made meanwhile.
  func hook(of event: TraceEvent) -> String? {
    if event.table.hasPrefix(RuleStep.ownTablePrefix) {
      return event.chain == TraceTables.interceptionName ? "postrouting" : event.chain
    }
    return chains.first {
      $0.family == event.family && $0.table == event.table && $0.name == event.chain
    }?.hookName
  }

  /// Adds the text and the comment of a step's rule.
  mutating func describe(_ step: inout RuleStep, family: UInt8) {
    guard let handle = step.handle else { return }
    let key = RuleKey(family: family, table: step.table, chain: step.chain, handle: handle)
    if rules[key] == nil {
      // A rule that cannot be read has no text; what the packet met is known all the same.
      rules[key] = try? socket.rule(
        ofFamily: family, table: step.table, chain: step.chain, handle: handle)
    }
    guard case .some(.some(let rule)) = rules[key] else { return }
    var sets: [String: [SetMember]] = [:]
    for set in rule.anonymousSets {
      sets[set] = try? socket.members(ofFamily: family, set: set, table: step.table)
    }
    step.rule = rule.text(
      in: RuleContext(family: family, linkName: linkName, members: { sets[$0] ?? [] }))
    step.comment = rule.comment
  }
}
