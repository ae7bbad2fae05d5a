package import Addressing
import Netlink

/// A network interface as the kernel describes it.
package struct Link: Hashable, Sendable {
  /// The interface index.
  package let index: UInt32

  /// The name.
  public internal(set) var name = ""

  /// Further names; no other link of the namespace can have one of them.
  public internal(set) var alternativeNames: [String] = []

  /// The kind of link, such as "bridge"; nil for hardware and loopback.
  public internal(set) var kind: String?

  /// The index of the bridge or other master.
  public internal(set) var masterIndex: UInt32?

  /// The MTU in bytes.
  public internal(set) var mtu: UInt32 = 0

  /// The hardware address, if it has six bytes.
  public internal(set) var address: MACAddress?

  /// The interface flags.
  package let flags: LinkFlags

  /// The operational state; nil for one unknown to this version.
  public internal(set) var operationalState: OperationalState?

  /// Whether it has a carrier, such as a cable or the other end of a pair that is up.
  public internal(set) var hasCarrier = true

  /// Whether an XDP program is attached to it.
  public internal(set) var hasXDP = false

  /// Whether it is a bridge that runs the spanning tree protocol.
  public internal(set) var runsSpanningTree = false

  /// The mode of a macvlan interface (IFLA_MACVLAN_MODE).
  public internal(set) var macvlanMode: UInt32?

  /// What a VXLAN link has besides.
  public internal(set) var tunnel: VXLANSpecification?

  /// The alias (IFLA_IFALIAS).
  public internal(set) var alias: String?

  /// This namespace's ID for the namespace that `peerIndex` refers to; nil if it is this one.
  public internal(set) var linkNamespaceID: Int32?

  /// The peer of a veth pair, or the lower device of a stacked one.
  public internal(set) var peerIndex: UInt32?

  /// The link group.
  public internal(set) var group: UInt32 = 0

  /// The bridge port attributes, if its master is a bridge.
  public internal(set) var port: BridgePort?

  /// Whether the link is administratively up.
  package var isUp: Bool { flags.contains(.up) }
}

extension Link {
  /// Parses a link message; nil for one about a bridge port or anything else.
  init?(_ message: NetlinkMessage) {
    guard message.type == RouteMessage.newLink, let header = LinkHeader(message),
      header.family == Family.unspecified
    else { return nil }
    index = header.index
    flags = header.flags
    for attribute in message.attributes(after: LinkHeader.length) {
      switch attribute.type {
      case LinkAttribute.name: name = attribute.string
      case LinkAttribute.properties:
        alternativeNames = attribute.attributes
          .filter { $0.type == LinkAttribute.alternativeName }.map(\.string)
      case LinkAttribute.master: masterIndex = attribute.integer()
      case LinkAttribute.mtu: mtu = attribute.integer() ?? 0
      case LinkAttribute.address: address = MACAddress(bytes: attribute.payload)
      case LinkAttribute.operationalState:
        operationalState = attribute.integer().flatMap(OperationalState.init(rawValue:))
      case LinkAttribute.alias: alias = attribute.string
      case LinkAttribute.carrier: hasCarrier = attribute.integer(UInt8.self) != 0
      case LinkAttribute.xdp:
        hasXDP = attribute.attributes.contains {
          $0.type == LinkAttribute.xdpAttached && $0.integer(UInt8.self) != 0
        }
      case LinkAttribute.linkNamespaceID: linkNamespaceID = attribute.integer()
      case LinkAttribute.link: peerIndex = attribute.integer()
      case LinkAttribute.group: group = attribute.integer() ?? 0
      case LinkAttribute.info: readInfo(attribute.attributes)
      default: continue
      }
    }
  }

  private mutating func readInfo(_ attributes: AttributeSequence) {
    var portKind: String?
    for attribute in attributes {
      switch attribute.type {
      case LinkAttribute.infoKind: kind = attribute.string
      case LinkAttribute.infoData where kind == "bridge":
        runsSpanningTree = attribute.attributes.contains {
          $0.type == LinkAttribute.bridgeSpanningTree && $0.integer(UInt32.self) != 0
        }
      case LinkAttribute.infoData where kind == "macvlan":
        macvlanMode = attribute.attributes.first { $0.type == LinkAttribute.macvlanMode }?
          .integer()
      case LinkAttribute.infoData where kind == "vxlan":
        tunnel = VXLANSpecification(attribute.attributes)
      case LinkAttribute.infoPortKind: portKind = attribute.string
      case LinkAttribute.infoPortData where portKind == "bridge":
        port = BridgePort(attribute.attributes)
      default: continue
      }
    }
  }
}
