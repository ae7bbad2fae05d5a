public import Addressing
import Netlink

/// A network interface as the kernel describes it.
public struct Link: Hashable, Sendable {
  /// The number of the interface in its namespace.
  public let index: UInt32

  /// The name.
  public internal(set) var name = ""

  /// The driver's word for the kind of link, such as "bridge"; nil for hardware and loopback.
  public internal(set) var kind: String?

  /// The bridge or other device that the link is a port of.
  public internal(set) var masterIndex: UInt32?

  /// The largest packet in bytes.
  public internal(set) var mtu: UInt32 = 0

  /// The hardware address, when it has six bytes.
  public internal(set) var address: MACAddress?

  /// The interface flags.
  public let flags: LinkFlags

  /// Whether the link works; nil for a state this version does not know.
  public internal(set) var operationalState: OperationalState?

  /// The free text that its maker left on the link.
  public internal(set) var alias: String?

  /// This namespace's ID for the one that `peerIndex` counts in; nil when it is this one.
  public internal(set) var linkNamespaceID: Int32?

  /// The other end of a veth pair, or the device below a stacked one.
  public internal(set) var peerIndex: UInt32?

  /// The group that the link can be deleted with.
  public internal(set) var group: UInt32 = 0

  /// The link as a port, when its master is a bridge.
  public internal(set) var port: BridgePort?

  /// Whether the administrator wants the link to work.
  public var isUp: Bool { flags.contains(.up) }
}

extension Link {
  /// Reads a message about a link; nil for one about a bridge port or anything else.
  init?(_ message: NetlinkMessage) {
    guard message.type == RouteMessage.newLink, let header = LinkHeader(message),
      header.family == Family.unspecified
    else { return nil }
    index = header.index
    flags = header.flags
    for attribute in message.attributes(after: LinkHeader.length) {
      switch attribute.type {
      case LinkAttribute.name: name = attribute.string
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
