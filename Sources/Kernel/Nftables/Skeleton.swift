/// The table that netctl loads once; afterwards only elements of its sets and maps change.
///
/// Both families live in one table so that a network or a port is one transaction. Traffic of an
/// established connection meets one rule, however many networks and ports there are.
public enum Skeleton {
  /// The name of the table, of family inet.
  public static let table = "netctl"

  /// The comment on the chain `forward` of a table that this version installed.
  ///
  /// A table's own comment cannot be changed once the table is there, and an administrator may
  /// make it before netctl does, to keep the rules of the chain `admin` in it.
  public static let version = "\(versionComment)"

  static let versionComment: StaticString = "netctl 2"

  /// How often the kernel counts each chain as used: once for each of its rules, and once for each jump
  /// to it. An administrator's rules make another number of `admin`.
  static let useCounts: [ChainName: UInt32] = {
    var counts: [ChainName: UInt32] = [:]
    for chain in chains {
      counts[chain.name, default: 0] += UInt32(chain.rules.count)
      for target in chain.rules.joined().compactMap(\.target) { counts[target, default: 0] += 1 }
    }
    counts[.admin] = nil
    return counts
  }()

  static let sets: [SetDefinition] = [
    SetDefinition(.bridges, of: .interfaceName),
    SetDefinition(.internal, of: .interfaceName),
    SetDefinition(.outgoing, of: .interfaceName),
    SetDefinition(.masq, of: .addressFamily, .interfaceName),
    SetDefinition(.routed, of: .addressFamily, .interfaceName),
    SetDefinition(.own, of: .interfaceName, .interfaceName),
    SetDefinition(.allow, of: .interfaceName, .interfaceName),
    SetDefinition(.trusted, of: .interfaceName, .interfaceName),
    SetDefinition(.ingress, of: .addressFamily, .interfaceName, to: .verdict),
    SetDefinition(.gateways4, of: .ipv4Address),
    SetDefinition(.gateways6, of: .ipv6Address),
    SetDefinition(.snat4, of: .interfaceName, to: .data([.ipv4Address])),
    SetDefinition(.snat6, of: .interfaceName, to: .data([.ipv6Address])),
    SetDefinition(.dnat4, of: .ipv4Address, .transport, .port, to: .data([.ipv4Address, .port])),
    SetDefinition(.dnat6, of: .ipv6Address, .transport, .port, to: .data([.ipv6Address, .port])),
    SetDefinition(.dnat4any, of: .transport, .port, to: .data([.ipv4Address, .port])),
    SetDefinition(.dnat6any, of: .transport, .port, to: .data([.ipv6Address, .port])),
    SetDefinition(.open4, of: .ipv4Address, .transport, .port),
    SetDefinition(.open6, of: .ipv6Address, .transport, .port),
    SetDefinition(.closed, of: .addressFamily),
  ]

  private static let joinedSets = Set(sets.filter { $0.keys.count > 1 }.map(\.name))

  /// Whether the keys of a set have several parts.
  static func isJoined(_ set: SetName) -> Bool { joinedSets.contains(set) }

  static let controlProtocols = AnonymousSet(
    identifier: UInt32(sets.count + 1), type: .transport, members: [[icmp], [icmpv6]])

  static let chains: [ChainDefinition] = [
    // The administrator's own rules; never touched.
    ChainDefinition(.admin),

    // Published ports. Only the first packet of a connection comes here.
    ChainDefinition(
      .prerouting, hook: ChainHook(kind: .nat, position: .prerouting, priority: -100),
      [.destinationIsLocal, .jump(.arriving)]),
    ChainDefinition(
      .arriving,
      // Loopback addresses are for the output hook only.
      [.family(.ipv4), .destinationIsLoopback4, .return],
      // The kernel itself drops this one, but later than a frame that br_netfilter shows.
      [.family(.ipv6), .destinationIsLoopback6, .return],
      [.family(.ipv6), .sourceIsLinkLocal6, .return],
      // Internal networks get no published ports.
      [.key(.inputName, in: .internal), .return],
      [.jump(.published)]),
    ChainDefinition(
      .output, hook: ChainHook(kind: .nat, position: .output, priority: -100),
      [.destinationIsLocal, .jump(.published)]),
    // One host port is bound either to all addresses or to single ones, so the order of the two
    // lookups does not matter.
    ChainDefinition(
      .published,
      [.family(.ipv6), .goto(.published6)],
      [.rewriteDestination(.ipv4, for: .transport, .destinationPort, in: .dnat4any)],
      [
        .family(.ipv4),
        .rewriteDestination(.ipv4, for: .destination4, .transport, .destinationPort, in: .dnat4),
      ]),
    ChainDefinition(
      .published6,
      [.rewriteDestination(.ipv6, for: .transport, .destinationPort, in: .dnat6any)],
      [
        .family(.ipv6),
        .rewriteDestination(.ipv6, for: .destination6, .transport, .destinationPort, in: .dnat6),
      ]),

    ChainDefinition(
      .forward, hook: ChainHook(kind: .filter, position: .forward, priority: 0),
      comment: versionComment,
      // Every packet but the first of a connection ends here.
      [.connection(.established, .related), .accept],
      [.jump(.admin)],
      // What cannot be rewritten must not leave with a private source.
      [.connection(.invalid), .goto(.invalid)],
      // A container to the outside, under its true source.
      [
        .key(.inputName, in: .outgoing), .hasTrueSource(true), .key(.outputName, notIn: .bridges),
        .accept,
      ],
      // The outside to a published port.
      [.isPublished, .key(.inputName, notIn: .bridges), .accept],
      // Within one network.
      [.key(.inputName, .outputName, in: .allow), .accept],
      [.key(.inputName, in: .bridges), .jump(.leaving)],
      // A container to a published port.
      [.isPublished, .accept],
      // Within a network whose containers may not talk to each other.
      [.key(.inputName, .outputName, in: .own), .drop],
      [.key(.family, .outputName, in: .routed), .goto(.toRouted)],
      [.key(.inputName, .outputName, in: .trusted), .goto(.toOpen)],
      // Unpublished.
      [.verdict(for: .family, .outputName, in: .ingress)],
      [.jump(.transit)]),
    // Traffic that is not netctl's: the host must not become a router because netctl switched
    // forwarding on.
    ChainDefinition(
      .transit,
      [
        .key(.family, in: .closed), .key(.inputName, notIn: .bridges),
        .key(.outputName, notIn: .bridges), .drop,
      ]),
    ChainDefinition(
      .invalid,
      [.key(.inputName, in: .bridges), .drop],
      [.key(.outputName, in: .bridges), .drop]),
    ChainDefinition(
      .leaving,
      // Internal.
      [.key(.inputName, notIn: .outgoing), .drop],
      // The source does not belong to that network.
      [.hasTrueSource(false), .drop]),
    ChainDefinition(
      .toRouted,
      [.key(.transport, in: controlProtocols), .accept],
      [.goto(.toOpen)]),
    ChainDefinition(
      .toOpen,
      [.family(.ipv4), .key(.destination4, .transport, .destinationPort, in: .open4), .accept],
      [.family(.ipv6), .key(.destination6, .transport, .destinationPort, in: .open6), .accept],
      [.drop]),

    // Local delivery: what route_localnet would let in, and the host addresses that an internal
    // network may not use. At this hook a reply to a connection to 127.0.0.1 already has that
    // destination back, hence the look at the connection's state.
    ChainDefinition(
      .input, hook: ChainHook(kind: .filter, position: .input, priority: 0),
      [
        .family(.ipv4), .destinationIsLoopback4, .isNotFromLoopback,
        .connection(.invalid, .new, .untracked), .drop,
      ],
      [.family(.ipv4), .sourceIsLoopback4, .isNotFromLoopback, .drop],
      [.connection(.established, .related), .accept],
      // A gateway address is for containers and the host itself.
      [
        .family(.ipv4), .key(.destination4, in: .gateways4), .isNotFromLoopback,
        .key(.inputName, notIn: .bridges), .drop,
      ],
      [
        .family(.ipv6), .key(.destination6, in: .gateways6), .isNotFromLoopback,
        .key(.inputName, notIn: .bridges), .drop,
      ],
      [
        .key(.inputName, in: .internal), .destinationIsLocal, .destinationIsNotInputsOwn, .drop,
      ]),

    // Source addresses. Only the first packet of a connection comes here.
    ChainDefinition(
      .postrouting, hook: ChainHook(kind: .nat, position: .postrouting, priority: 100),
      [.key(.outputName, in: .bridges), .jump(.entering)],
      [.key(.family, .inputName, in: .masq), .masquerade],
      [.rewriteSource(.ipv4, for: .inputName, in: .snat4)],
      [.rewriteSource(.ipv6, for: .inputName, in: .snat6)]),
    ChainDefinition(
      .entering,
      [.key(.inputName, .outputName, in: .own), .goto(.hairpin)],
      // A process of the host that used a loopback address.
      [.family(.ipv4), .sourceIsLoopback4, .masquerade],
      [.family(.ipv6), .sourceIsLoopback6, .masquerade],
      // A container that reached its own network's published port, seen through br_netfilter.
      [.hasNoInput, .isPublished, .sourceIsNotLocal, .masquerade]),
    ChainDefinition(
      .hairpin,
      [.isPublished, .masquerade],
      [.accept]),
  ]

  private static let icmp: UInt8 = 1
  private static let icmpv6: UInt8 = 58
}
