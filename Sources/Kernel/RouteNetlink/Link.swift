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
      case LinkAttribute.infoPortKind: portKind = attribute.string
      case LinkAttribute.infoPortData where portKind == "bridge":
        port = BridgePort(attribute.attributes)
      default: continue
      }
    }
  }
}
