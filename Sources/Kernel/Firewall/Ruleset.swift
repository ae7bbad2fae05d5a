package import KernelModel
import Nftables

/// netctl's rules, loaded once; afterwards only the elements of their sets and maps change.
///
/// IPv4 and IPv6 share a table, and a network or a port is one transaction for all tables. The path
/// of a packet does not grow with the number of networks and ports.
///
/// A new rule needs a new `version`, and its chain a new number in `Ruleset+UseCounts.swift`:
/// otherwise tables that an older netctl installed pass for current, and new ones never do.
package struct Ruleset: Sendable {
  /// The name of the table, of family inet.
  package static let table = "netctl"

  /// What an administrator has set for all networks.
  let settings: FirewallSettings

  /// The comment on the chain `forward` of a table that this version installed with these settings.
  ///
  /// A table's own comment cannot be changed once it exists, and an administrator may create the
  /// table before netctl does, to put rules into the chain `admin`.
  package var version: String {
    var version = "netctl 7"
    if let mark = settings.acceptedMark {
      version += " mark \(String(mark.value, radix: 16))/\(String(mark.mask, radix: 16))"
    }
    return settings.allowsDirectRouting ? version + " direct" : version
  }

  /// Creates the rule set of a host with these settings.
  package init(_ settings: FirewallSettings = FirewallSettings()) {
    self.settings = settings
  }

  /// The table of family inet.
  var definition: TableDefinition {
    TableDefinition(Self.table, sets: Self.sets, chains: chains, unmanaged: [.admin])
  }

  /// All tables: they have the same name and are changed together.
  var definitions: [TableDefinition] { [definition, Self.betweenPorts, Self.ofNeighbors] }

  /// The set and map definitions of all tables.
  static let allSets = sets + betweenPorts.sets + ofNeighbors.sets

  static let sets: [SetDefinition] = [
    SetDefinition(.bridges, of: .interfaceName),
    SetDefinition(.internal, of: .interfaceName),
    SetDefinition(.outgoing, of: .interfaceName),
    SetDefinition(.masq, of: .addressFamily, .interfaceName),
    SetDefinition(.routed, of: .addressFamily, .interfaceName),
    SetDefinition(.intraNetwork, of: .interfaceName, .interfaceName),
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
    SetDefinition(.stations4, of: .interfaceName, .hardwareAddress, .ipv4Address),
    SetDefinition(.stations6, of: .interfaceName, .hardwareAddress, .ipv6Address),
    SetDefinition(.senders4, of: .interfaceName, .ipv4Address),
    SetDefinition(.senders6, of: .interfaceName, .ipv6Address),
    SetDefinition(.assigned4, of: .ipv4Address),
    SetDefinition(.assigned6, of: .ipv6Address),
    SetDefinition(.routers, of: .interfaceName, .hardwareAddress),
    SetDefinition(.bound, of: .interfaceName),
    SetDefinition(.solicitors, of: .interfaceName, .discoveryOption, .ipv6Address),
    SetDefinition(.advertisers, of: .interfaceName, .discoveryOption, .discoveryTarget),
    SetDefinition(.targets, of: .discoveryTarget),
    SetDefinition(.tunnelPorts, of: .port),
    SetDefinition(.tunnelHosts4, of: .ipv4Address),
    SetDefinition(.tunnelHosts6, of: .ipv6Address),
  ]

  /// The chains with what the settings add.
  var chains: [ChainDefinition] {
    Self.chains.map { chain in
      switch chain.name {
      case .forward: chain.with(comment: version)
      case .unpublished: chain.prepending(additionsToUnpublished)
      default: chain
      }
    }
  }

  /// The rules for new connections into a network, before those that drop what is not published.
  var additionsToUnpublished: [[Statement]] {
    var rules: [[Statement]] = []
    if let mark = settings.acceptedMark {
      rules.append([.key(.outputName, in: .outgoing), .mark(mark.value, under: mark.mask), .accept])
    }
    if settings.allowsDirectRouting {
      rules += Self.openPorts
    }
    return rules
  }

  private static let openPorts: [[Statement]] = [
    [.family(.ipv4), .key(.destination4, .transport, .destinationPort, in: .open4), .accept],
    [.family(.ipv6), .key(.destination6, .transport, .destinationPort, in: .open6), .accept],
  ]

  private static let chains: [ChainDefinition] = [
    // The administrator's rules; never modified.
    ChainDefinition(.admin),

    // Where the host cannot forward a packet, it tells the source before any later hook: the limit
    // of hops, no route, a smaller MTU, a better router (RFC 4443, RFC 4861). A container must not
    // reach others that way by a false source, which gets the packet quoted. An internal bridge does
    // not forward IPv4, but IPv6, for which there is no such setting of a bridge, also as part of a
    // known connection.
    ChainDefinition(
      .entry, hook: ChainHook(kind: .filter, position: .prerouting, priority: -150),
      [.inputIsNoBridge, .accept],
      [.family(.ipv6), .key(.inputName, in: .internal), .goto(.origin)],
      [.connection(.established), .accept],
      [.goto(.origin)]),
    ChainDefinition(
      .origin,
      // Frames that the bridge only passes on, shown by br_netfilter.
      [.isFromEthernet, .key(.inputName, .destinationHardware, notIn: .routers), .return],
      [.family(.ipv4), .sourceIsUnspecified4, .return],
      [.family(.ipv6), .sourceIsUnspecified6, .return],
      [.goto(.sources)]),

    // Published ports. Only the first packet of a connection is evaluated here.
    ChainDefinition(
      .prerouting, hook: ChainHook(kind: .nat, position: .prerouting, priority: -100),
      [.destinationIsLocal, .jump(.arriving)]),
    ChainDefinition(
      .arriving,
      // Loopback addresses are only handled in the output hook.
      [.family(.ipv4), .destinationIsLoopback4, .return],
      // The kernel drops these itself, but only after br_netfilter has passed the frame.
      [.family(.ipv6), .destinationIsLoopback6, .return],
      [.family(.ipv6), .sourceIsLinkLocal6, .return],
      // Internal networks cannot reach published ports.
      [.key(.inputName, in: .internal), .return],
      [.jump(.published)]),
    ChainDefinition(
      .output, hook: ChainHook(kind: .nat, position: .output, priority: -100),
      [.destinationIsLocal, .jump(.published)]),
    // A host port is published either on all addresses or on single ones, so the order of the two
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
      // A look-up in a set costs more than all rules before it; what comes from no bridge needs
      // none.
      [.inputIsNoBridge, .goto(.inward)],
      [.family(.ipv4), .key(.inputName, .source4, in: .senders4), .goto(.known)],
      [.family(.ipv6), .key(.inputName, .source6, in: .senders6), .goto(.known)],
      [.key(.inputName, in: .bridges), .goto(.leaving)],
      [.goto(.inward)]),
    // From a container's own address: the packet cannot pass as part of another's connection.
    ChainDefinition(
      .known,
      // Every packet of a container but the first of a connection ends here.
      [.connection(.established), .accept],
      [.key(.outputName, in: .bridges), .goto(.crossing)],
      [.jump(.sources)],
      [.goto(.outward)]),
    // From outside of netctl's networks.
    ChainDefinition(
      .inward,
      // Precedes the connection state check, which spoofed packets pass if they match a known
      // connection.
      [.key(.outputName, in: .internal), .drop],
      // Accepts every packet to a container except the first of a connection.
      [.connection(.established, .related), .accept],
      [.jump(.admin)],
      // What conntrack cannot translate must not leave with a private source address.
      [.connection(.invalid), .goto(.invalid)],
      // From the outside to a published port.
      [.isPublished, .accept],
      [.goto(.unpublished)]),
    // From internal networks, and from addresses that are routed to a bridge.
    ChainDefinition(
      .leaving,
      [.key(.outputName, in: .bridges), .goto(.crossing)],
      [.key(.inputName, notIn: .outgoing), .drop],
      [.jump(.sources)],
      [.goto(.outward)]),
    // From a container to the outside.
    ChainDefinition(
      .outward,
      [.jump(.control)],
      [.connection(.established, .related), .accept],
      [.jump(.admin)],
      [.connection(.invalid), .drop],
      [.accept]),
    // From one network to another.
    ChainDefinition(
      .crossing,
      [.key(.inputName, .outputName, in: .intraNetwork), .goto(.within)],
      [.key(.inputName, in: .internal), .drop],
      [.key(.outputName, in: .internal), .drop],
      // A packet that merely matches the tuple of a reply must not pass from one network to
      // another.
      [.jump(.sources)],
      [.jump(.control)],
      [.connection(.established, .related), .accept],
      [.jump(.admin)],
      [.connection(.invalid), .drop],
      // From a container to a published port.
      [.isPublished, .accept],
      [.goto(.unpublished)]),
    // Within one network: routed through the host, or bridged and passed here by br_netfilter.
    ChainDefinition(
      .within,
      [.jump(.impersonation)],
      [.key(.inputName, in: .bound), .jump(.sources)],
      [.connection(.established, .related), .accept],
      [.jump(.admin)],
      [.connection(.invalid), .drop],
      [.key(.inputName, .outputName, in: .allow), .accept],
      [.jump(.sources)],
      [.isPublished, .accept],
      [.drop]),
    ChainDefinition(
      .unpublished,
      [.key(.family, .outputName, in: .routed), .goto(.toRouted)],
      [.key(.inputName, .outputName, in: .trusted), .goto(.toOpen)],
      [.verdict(for: .family, .outputName, in: .ingress)],
      [.jump(.transit)]),
    // A source must be an address that the container with this hardware address has, on that
    // network or on another, or lead back to where the packet came from and be nobody else's. Ports
    // that are bound to their endpoint use no others.
    ChainDefinition(
      .sources,
      [.family(.ipv4), .isFromEthernet, sender4(in: .stations4), .return],
      [.family(.ipv6), .isFromEthernet, sender6(in: .stations6), .return],
      [.family(.ipv4), .key(.inputName, in: .bound), .drop],
      [.family(.ipv6), .key(.inputName, in: .bound), .sourceIsNotLinkLocal6, .drop],
      [.family(.ipv4), .key(.source4, in: .assigned4), .drop],
      [.family(.ipv6), .key(.source6, in: .assigned6), .drop],
      [.hasValidSource, .return],
      [.drop]),
    // By way of the host a container could reach its sibling under a third one's address.
    ChainDefinition(
      .impersonation,
      [.family(.ipv4), .isFromEthernet, sender4(in: .stations4), .return],
      [.family(.ipv6), .isFromEthernet, sender6(in: .stations6), .return],
      [.family(.ipv4), .key(.source4, in: .assigned4), .drop],
      [.family(.ipv6), .key(.source6, in: .assigned6), .drop]),
    // ICMP messages from containers about routes. No container is a router, so redirects and router
    // advertisements are dropped. An error must refer to a connection of a container behind the
    // bridge, because it changes the host's path MTU to the destination of the packet it quotes,
    // whatever that is (RFC 1191, RFC 8201).
    ChainDefinition(
      .control,
      [.family(.ipv4), .transport(.icmp), .controlType(redirect4), .drop],
      [.family(.ipv6), .transport(.icmpv6), .key(.controlType, in: routers6), .drop],
      [.family(.ipv4), .transport(.icmp), .key(.controlType, in: errors4), .goto(.errors)],
      [.family(.ipv6), .transport(.icmpv6), .key(.controlType, in: errors6), .goto(.errors)]),
    ChainDefinition(
      .errors,
      [.family(.ipv4), .isFromEthernet, party(.client4, in: .stations4), .return],
      [.family(.ipv4), .isFromEthernet, party(.server4, in: .stations4), .return],
      [.family(.ipv6), .isFromEthernet, party(.client6, in: .stations6), .return],
      [.family(.ipv6), .isFromEthernet, party(.server6, in: .stations6), .return],
      [.drop]),
    // Traffic that is not netctl's: the host must not become a router because netctl enabled
    // forwarding. Frames within another bridge, which br_netfilter passes here, are not routed.
    ChainDefinition(
      .transit,
      bridgedFrame,
      [
        .key(.family, in: .closed), .key(.inputName, notIn: .bridges),
        .key(.outputName, notIn: .bridges), .drop,
      ]),
    ChainDefinition(
      .invalid,
      [.key(.outputName, in: .bridges), .drop]),
    ChainDefinition(
      .toRouted,
      [.key(.transport, in: controlProtocols), .accept],
      [.goto(.toOpen)]),
    ChainDefinition(.toOpen, openPorts[0], openPorts[1], [.drop]),

    // Local delivery: what route_localnet would admit, and the host addresses that an internal
    // network must not reach. At this hook, replies to a connection to 127.0.0.1 already have that
    // destination again, so the connection state is checked.
    ChainDefinition(
      .input, hook: ChainHook(kind: .filter, position: .input, priority: 0),
      [.transport(.udp), .key(.destinationPort, in: .tunnelPorts), .jump(.tunnels)],
      [
        .family(.ipv4), .destinationIsLoopback4, .isNotFromLoopback,
        .connection(.invalid, .new, .untracked), .drop,
      ],
      [.family(.ipv4), .sourceIsLoopback4, .isNotFromLoopback, .drop],
      [.key(.inputName, in: .bridges), .goto(.toHost)],
      [.connection(.established, .related), .accept],
      // Gateway addresses are reserved for containers and the host itself.
      [.family(.ipv4), .key(.destination4, in: .gateways4), .isNotFromLoopback, .drop],
      [.family(.ipv6), .key(.destination6, in: .gateways6), .isNotFromLoopback, .drop]),
    // Frames in datagrams, which are only taken from hosts of the cluster: whoever sends others
    // would be on the networks.
    ChainDefinition(
      .tunnels,
      [.family(.ipv4), .key(.source4, in: .tunnelHosts4), .return],
      [.family(.ipv6), .key(.source6, in: .tunnelHosts6), .return],
      [.drop]),
    // Containers to the host.
    ChainDefinition(
      .toHost,
      [
        .family(.ipv6), .transport(.icmpv6), .key(.controlType, in: neighborDiscovery),
        .goto(.discovery),
      ],
      // Containers on an internal network may reach the address of their own bridge, but no
      // multicast group.
      [.key(.inputName, in: .internal), .destinationIsNotInputsOwn, .drop],
      [.jump(.sources)],
      [.connection(.established), .accept],
      [.goto(.control)]),
    // No container tells the host that it is the neighbour with another's address. Rules about the
    // bytes of a message name no protocol: nft would show the bytes by a name that some versions do
    // not know.
    ChainDefinition(
      .discovery,
      [.family(.ipv6), .transport(.icmpv6), .controlType(advertisement6), .goto(.advertised)],
      [.family(.ipv6), .key(.source6, notIn: .assigned6), .accept],
      [.family(.ipv6), .transport(.icmpv6), .controlType(solicitation6), .goto(.solicited)],
      [.drop]),
    ChainDefinition(
      .solicited,
      [
        .family(.ipv6), .hasOption(sourceOption),
        .key(.inputName, .optionHardware, .source6, in: .solicitors), .accept,
      ],
      [
        .family(.ipv6), .hasNoOption, .isFromEthernet, sender6(in: .stations6), .accept,
      ],
      [.drop]),
    ChainDefinition(
      .advertised,
      [.key(.target6, notIn: .targets), .accept],
      [
        .hasOption(targetOption), .key(.inputName, .optionHardware, .target6, in: .advertisers),
        .accept,
      ],
      // It says that the neighbour is still there, and not where.
      [.family(.ipv6), .hasNoOption, .accept],
      [.drop]),
    // Conntrack considers out-of-window segments invalid and does not translate them, so they reach
    // the host instead of the container, and the host's reset would end a live connection. Resets
    // of the host's own connections are not invalid.
    ChainDefinition(
      .resets, hook: ChainHook(kind: .filter, position: .output, priority: 0),
      [.connection(.invalid), .transport(.tcp), .isReset, .drop]),

    // Source NAT. Only the first packet of a connection is evaluated here.
    ChainDefinition(
      .postrouting, hook: ChainHook(kind: .nat, position: .postrouting, priority: 100),
      [.key(.outputName, in: .bridges), .jump(.entering)],
      [.key(.family, .inputName, in: .masq), .masquerade],
      [.rewriteSource(.ipv4, for: .inputName, in: .snat4)],
      [.rewriteSource(.ipv6, for: .inputName, in: .snat6)]),
    ChainDefinition(
      .entering,
      [.key(.inputName, .outputName, in: .intraNetwork), .goto(.hairpin)],
      // A host process connecting from a loopback address.
      [.family(.ipv4), .sourceIsLoopback4, .masquerade],
      [.family(.ipv6), .sourceIsLoopback6, .masquerade],
      // A container connecting to a published port of its own network, through br_netfilter.
      [.hasNoInput, .isPublished, .sourceIsNotLocal, .masquerade]),
    ChainDefinition(
      .hairpin,
      [.isPublished, .masquerade],
      [.accept]),
  ]

  private static let controlProtocols = AnonymousSet(
    1, of: .transport, [IPProtocol.icmp.rawValue], [IPProtocol.icmpv6.rawValue])
  // RFC 792: unreachable, source quench, time exceeded, parameter problem.
  private static let errors4 = AnonymousSet(2, of: .icmpType, [3], [4], [11], [12])
  private static let redirect4: UInt8 = 5
  // RFC 4443.
  private static let errors6 = AnonymousSet(3, of: .icmpv6Type, [1], [2], [3], [4])
  // Advertisements and redirects (RFC 4861).
  private static let routers6 = AnonymousSet(4, of: .icmpv6Type, [134], [137])
  // Neighbour discovery without router messages (RFC 4861), and multicast listener discovery (RFC
  // 2710, RFC 3810).
  private static let neighborDiscovery = AnonymousSet(
    5, of: .icmpv6Type, [130], [131], [132], [133], [135], [136], [143])
  private static let solicitation6: UInt8 = 135
  static let advertisement6: UInt8 = 136
  // The options that tell the hardware address of the source and of the target (RFC 4861, 4.6.1).
  private static let sourceOption: UInt8 = 1
  private static let targetOption: UInt8 = 2

  private static func sender4(in set: SetName) -> Statement {
    .key(.inputName, .sourceHardware, .source4, in: set)
  }

  private static func sender6(in set: SetName) -> Statement {
    .key(.inputName, .sourceHardware, .source6, in: set)
  }

  /// An end of the connection that an error is about has the sender's addresses.
  private static func party(_ address: Field, in set: SetName) -> Statement {
    .key(.inputName, .sourceHardware, address, in: set)
  }

  // nft cannot compare two registers before Linux 6.13, so four bits of both interface indexes at a
  // time are looked up in the set of equal pairs.
  private static let bridgedFrame: [Statement] = {
    let sameInterface = (0..<8).map { (digit: UInt32) -> Statement in
      // With this bit, masks are positive as signed numbers and not the index of any interface,
      // which nft would print by name.
      let unused: UInt32 = 1 << 30
      let values: UInt32 = digit < 7 ? 16 : 8
      let pairs = (0..<values).map { value in
        hostBytes(value << (4 * digit)) + hostBytes(value << (4 * digit))
      }
      let set = AnonymousSet(6 + digit, of: .number, .number, members: pairs)
      return .interfacesAgree(in: (values - 1) << (4 * digit) | unused, set)
    }
    return [.inputIsBridge] + sameInterface + [.return]
  }()
}
