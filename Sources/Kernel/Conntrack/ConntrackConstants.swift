import Addressing
import CLinux

/// Conntrack message types.
enum ConntrackMessage {
  static let new = qualified(IPCTNL_MSG_CT_NEW)
  static let get = qualified(IPCTNL_MSG_CT_GET)
  static let delete = qualified(IPCTNL_MSG_CT_DELETE)

  private static func qualified(_ type: cntl_msg_types) -> UInt16 {
    UInt16(NFNL_SUBSYS_CTNETLINK) << 8 | UInt16(type.rawValue)
  }
}

/// Attributes of connections.
enum ConnectionAttribute {
  static let original = UInt16(CTA_TUPLE_ORIG.rawValue)
  static let reply = UInt16(CTA_TUPLE_REPLY.rawValue)
  static let id = UInt16(CTA_ID.rawValue)
  static let zone = UInt16(CTA_ZONE.rawValue)
  static let filter = UInt16(CTA_FILTER.rawValue)
  static let originalFlags = UInt16(CTA_FILTER_ORIG_FLAGS.rawValue)
  static let replyFlags = UInt16(CTA_FILTER_REPLY_FLAGS.rawValue)
}

/// Attributes of one direction of a connection.
enum TupleAttribute {
  static let addresses = UInt16(CTA_TUPLE_IP.rawValue)
  static let ports = UInt16(CTA_TUPLE_PROTO.rawValue)
  static let number = UInt16(CTA_PROTO_NUM.rawValue)
  static let sourcePort = UInt16(CTA_PROTO_SRC_PORT.rawValue)
  static let destinationPort = UInt16(CTA_PROTO_DST_PORT.rawValue)

  static func source(_ family: AddressFamily) -> UInt16 {
    switch family {
    case .ipv4: UInt16(CTA_IP_V4_SRC.rawValue)
    case .ipv6: UInt16(CTA_IP_V6_SRC.rawValue)
    }
  }

  static func destination(_ family: AddressFamily) -> UInt16 {
    switch family {
    case .ipv4: UInt16(CTA_IP_V4_DST.rawValue)
    case .ipv6: UInt16(CTA_IP_V6_DST.rawValue)
    }
  }
}

/// Which parts of a tuple a filter compares; no UAPI header defines these numbers.
struct FilterParts: OptionSet {
  let rawValue: UInt32

  static let source = FilterParts(rawValue: 1 << 0)
  static let destination = FilterParts(rawValue: 1 << 1)
  static let number = FilterParts(rawValue: 1 << 3)
  static let sourcePort = FilterParts(rawValue: 1 << 4)
  static let destinationPort = FilterParts(rawValue: 1 << 5)
}

extension AddressFamily {
  var netfilterNumber: UInt8 {
    switch self {
    case .ipv4: UInt8(NFPROTO_IPV4)
    case .ipv6: UInt8(NFPROTO_IPV6)
    }
  }
}
