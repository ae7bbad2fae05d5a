import Addressing
import Nftables
import PacketTrace

/// The tables that make the kernel report what the probe meets. Their rules match the probe and its
/// answer only.
struct TraceTables {
  let form: PacketForm
  let name: String
  /// Whose hardware addresses the probe and its answer need.
  let hops: [IPAddress]

  /// Before tables raw, and after br_netfilter has decided which hooks see a bridged packet.
  static let beforeAll: Int32 = -450
  /// Right after connection tracking.
  private static let afterConntrack: Int32 = -199

  /// The table of the host. `tracksConnections` is whether rules may refer to conntrack, which
  /// switches it on.
  func host(tracksConnections: Bool, intercepting interception: Interception?) -> OwnedTable {
    let rules =
      [rule(matching: form), rule(matching: form.reversed)] + answers(familyOfPacket)
      + solicitations(familyOfPacket)
    var chains = [
      chain("prerouting", .prerouting, Self.beforeAll, rules),
      chain("output", .output, Self.beforeAll, rules),
    ]
    if tracksConnections {
      // An answer whose port was translated is only known after that.
      let replies = [Rule(connection + Self.trace)]
      chains += [
        chain("replies", .prerouting, Self.afterConntrack, replies),
        chain("own", .output, Self.afterConntrack, replies),
      ]
    }
    if let interception {
      chains.append(interceptionChain(interception, tracksConnections: tracksConnections))
    }
    return OwnedTable(family: NetfilterFamily.inet, name, chains: chains)
  }

  /// What is dropped before it leaves the host, after all rules.
  enum Interception {
    /// The probe.
    case probe
    /// An injected probe, but by these links of the container, and its answer.
    case injected(inside: [UInt32])
  }

  /// The table of a container. Translation in the host may have changed all but the port of the
  /// sender.
  func container() -> OwnedTable {
    let rules =
      [
        Rule(ports(source: form.sourcePort, destination: nil) + Self.trace),
        Rule(ports(source: nil, destination: form.sourcePort) + Self.trace),
        Rule(errorAboutProbe(toSender: false) + Self.trace),
      ] + solicitations(familyOfPacket)
    return OwnedTable(
      family: NetfilterFamily.inet, name,
      chains: [
        chain("prerouting", .prerouting, Self.beforeAll, rules),
        chain("output", .output, Self.beforeAll, rules),
      ])
  }

  /// The tables of other families, for those of which a namespace has chains.
  func others(besides chains: [InstalledChain], isLink: (String) -> Bool) -> [OwnedTable] {
    var tables: [OwnedTable] = []
    let families = Set(chains.filter { $0.hookName != nil }.map(\.family))
    if families.contains(NetfilterFamily.bridge) {
      let rules =
        [form, form.reversed].map { Rule(protocolOfFrame + tuple($0) + Self.trace) }
        + answers(protocolOfFrame) + solicitations(protocolOfFrame) + requests(inFrames: true)
      tables.append(
        OwnedTable(
          family: NetfilterFamily.bridge, name,
          chains: [
            chain("prerouting", .prerouting, .min, rules), chain("output", .output, .min, rules),
          ]))
    }
    if families.contains(NetfilterFamily.arp), form.family == .ipv4 {
      let rules = requests(inFrames: false)
      tables.append(
        OwnedTable(
          family: NetfilterFamily.arp, name,
          chains: [
            chain("input", .inputOfARP, .min, rules), chain("output", .outputOfARP, .min, rules),
          ]))
    }
    let devices = Set(
      chains.filter { $0.family == NetfilterFamily.netdev && $0.hookName == "ingress" }
        .flatMap(\.devices)
    ).filter(isLink)
    if !devices.isEmpty { tables.append(netdev(devices.sorted())) }
    return tables
  }

  /// The table of family netdev, for the links that have such chains. On the way back only the
  /// other end is known: translation has changed this one.
  private func netdev(_ links: [String]) -> OwnedTable {
    let answer =
      address(form.destination, isSource: true)
      + ports(source: form.destinationPort, destination: nil)
    let rules =
      [
        Rule(protocolOfFrame + tuple(form) + Self.trace),
        Rule(protocolOfFrame + answer + [.limit(perSecond: 50)] + Self.trace),
      ] + solicitations(protocolOfFrame) + requests(inFrames: true)
    return OwnedTable(
      family: NetfilterFamily.netdev, name,
      chains: [
        OwnedTable.Chain(
          ChainDefinition(
            ChainName("ingress"),
            hook: ChainHook(kind: .filter, position: .prerouting, priority: .min), rules: rules),
          devices: links)
      ])
  }

  /// The table that reports real clients of a port, and their answers; without one, of all ports,
  /// which translation may have changed.
  static func clients(of kind: ProbeProtocol, port: UInt16?, name: String) -> OwnedTable {
    let number = kind.number(.ipv4)
    let limit = [Expression.limit(perSecond: 20)]
    let transport: [Expression] = [
      .meta(.transport, into: .first), .compare(.first, .equal, [number]),
    ]
    let place = port.map { port -> [Expression] in
      [
        .payload(PayloadField(header: .transport, offset: 2, length: 2), into: .first),
        .compare(.first, .equal, port.bigEndianBytes),
      ]
    }
    func segment(_ mask: UInt8, _ flags: UInt8) -> [Expression] {
      [
        .payload(PayloadField(header: .transport, offset: 13, length: 1), into: .first),
        .bitwise([mask], .first), .compare(.first, .equal, [flags]),
      ]
    }
    let (syn, reset, acknowledge) = (
      ParsedPacket.syn, ParsedPacket.reset, ParsedPacket.acknowledge
    )
    let isFirst = kind == .tcp ? segment(syn | reset | acknowledge, syn) : []
    var rules = [Rule(transport + (place ?? []) + isFirst + limit + trace)]
    if kind == .tcp {
      for (mask, flags) in [(syn | acknowledge, syn | acknowledge), (reset, reset)] {
        rules.append(Rule(transport + segment(mask, flags) + limit + trace))
      }
    }
    var chains = [
      chain("prerouting", .prerouting, beforeAll, rules),
      chain("output", .output, beforeAll, rules),
    ]
    if let port {
      let replies: [Expression] = [
        .ct(.transport(.original), into: .first), .compare(.first, .equal, [number]),
        .ct(.destinationPort(.original), into: .first),
        .compare(.first, .equal, port.bigEndianBytes),
      ]
      chains.append(
        chain("replies", .prerouting, afterConntrack, [Rule(replies + limit + trace)]))
    }
    return OwnedTable(family: NetfilterFamily.inet, name, chains: chains)
  }
}
