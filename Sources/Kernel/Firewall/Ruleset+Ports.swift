import CLinux
import Nftables

/// What bridge ports and neighbours are judged by: frames from a container to its siblings, and its
/// ARP packets to the host. Packets that the host routes do not pass here.
extension Ruleset {
  /// The table of family bridge. It tells the ports of a bridge apart by their names.
  static let betweenPorts = TableDefinition(
    table, family: NetfilterFamily.bridge,
    sets: [
      SetDefinition(.ports, of: .interfaceName),
      SetDefinition(.boundPorts, of: .interfaceName),
      SetDefinition(.own4, of: .interfaceName, .ipv4Address),
      SetDefinition(.own6, of: .interfaceName, .ipv6Address),
      SetDefinition(.taken4, of: .ipv4Address),
      SetDefinition(.taken6, of: .ipv6Address),
      SetDefinition(.ownTargets, of: .interfaceName, .discoveryTarget),
      SetDefinition(.takenTargets, of: .discoveryTarget),
    ],
    chains: [
      ChainDefinition(
        // The priority of filters in this family.
        .siblings, hook: ChainHook(kind: .filter, position: .forward, priority: -200),
        [.key(.inputName, notIn: .ports), .accept],
        // BPDUs, which a bridge without STP floods.
        [.isForBridgeGroup, .drop],
        // A second tag would hide the packet, and receivers remove any number of tags for VLAN 0.
        // The kernel has removed the first before this hook.
        [.key(.networkProtocol, in: tags), .drop],
        [.networkProtocol(arp), .goto(.resolution)],
        [
          .key(.networkProtocol, in: internetProtocols), .transport(.udp), .jump(.datagrams),
        ],
        [
          .networkProtocol(ipv6), .transport(.icmpv6), .key(.controlType, in: routers), .drop,
        ],
        [
          .networkProtocol(ipv6), .transport(.icmpv6), .controlType(advertisement6),
          .jump(.advertisements),
        ],
        [.networkProtocol(ipv4), .goto(.packets4)],
        [.networkProtocol(ipv6), .goto(.packets6)]),
      // Answers of DHCP servers, which clients know by the port that they are sent to.
      ChainDefinition(
        .datagrams,
        [.transport(.udp), .key(.sourcePort, in: serverPorts), .drop],
        [.transport(.udp), .key(.destinationPort, in: clientPorts), .drop]),
      ChainDefinition(
        .resolution,
        [.networkProtocol(arp), .key(.inputName, .sender4, in: .own4), .accept],
        [.networkProtocol(arp), .key(.sender4, in: .taken4), .drop],
        // A probe for an address that is about to be used (RFC 5227).
        [.networkProtocol(arp), .senderIsUnspecified4, .accept],
        [.key(.inputName, in: .boundPorts), .drop]),
      ChainDefinition(
        .advertisements,
        [.key(.inputName, .target6, in: .ownTargets), .return],
        [.key(.target6, in: .takenTargets), .drop]),
      ChainDefinition(
        .packets4,
        [.networkProtocol(ipv4), .key(.inputName, .source4, in: .own4), .accept],
        [.networkProtocol(ipv4), .key(.source4, in: .taken4), .drop],
        [.networkProtocol(ipv4), .sourceIsUnspecified4, .accept],
        [.key(.inputName, in: .boundPorts), .drop]),
      ChainDefinition(
        .packets6,
        [.networkProtocol(ipv6), .key(.inputName, .source6, in: .own6), .accept],
        [.networkProtocol(ipv6), .key(.source6, in: .taken6), .drop],
        [.networkProtocol(ipv6), .sourceIsLinkLocal6, .accept],
        [.networkProtocol(ipv6), .sourceIsUnspecified6, .accept],
        [.key(.inputName, in: .boundPorts), .drop]),
    ])

  /// The table of family arp: an address of a container is at that container's hardware address.
  static let ofNeighbors = TableDefinition(
    table, family: NetfilterFamily.arp,
    sets: [
      SetDefinition(.neighbors4, of: .interfaceName, .hardwareAddress, .ipv4Address),
      SetDefinition(.known4, of: .ipv4Address),
    ],
    chains: [
      ChainDefinition(
        .neighbors, hook: ChainHook(kind: .filter, position: .inputOfARP, priority: 0),
        [.key(.inputName, .senderHardware, .sender4, in: .neighbors4), .accept],
        [.key(.sender4, in: .known4), .drop])
    ])

  private static let ipv4 = UInt16(ETH_P_IP)
  private static let ipv6 = UInt16(ETH_P_IPV6)
  private static let arp = UInt16(ETH_P_ARP)

  private static let tags = AnonymousSet(
    20, of: .etherType, UInt16(ETH_P_8021Q).bytes, UInt16(ETH_P_8021AD).bytes)
  private static let internetProtocols = AnonymousSet(
    21, of: .etherType, ipv4.bytes, ipv6.bytes)
  // Of DHCP (RFC 2131) and DHCPv6 (RFC 8415).
  private static let serverPorts = AnonymousSet(
    22, of: .port, UInt16(67).bytes, UInt16(547).bytes)
  private static let clientPorts = AnonymousSet(
    24, of: .port, UInt16(68).bytes, UInt16(546).bytes)
  // Advertisements and redirects (RFC 4861).
  private static let routers = AnonymousSet(23, of: .icmpv6Type, [134], [137])
}
