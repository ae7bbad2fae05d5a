import CLinux
import Netlink

/// What a register holds: a field of the packet, or a constant.
struct RegisterContents {
  /// The header that a field belongs to.
  enum Layer { case link, network, transport, icmp }

  let text: String
  let type: ValueType
  var layer: Layer?
  var mask: [UInt8]?
  var constant: [UInt8]?

  init(text: String, type: ValueType, layer: Layer? = nil) {
    self.text = text
    self.type = type
    self.layer = layer
  }

  func constantText(_ type: ValueType, _ context: RuleContext) -> String? {
    constant.map { type.text($0, context) }
  }

  /// A comparison of the field with a value, as nft spells it.
  func comparison(_ operation: UInt32, _ value: [UInt8], _ context: RuleContext) -> String {
    let names: [UInt32: String] = [
      UInt32(NFT_CMP_EQ.rawValue): "", UInt32(NFT_CMP_NEQ.rawValue): "!= ",
      UInt32(NFT_CMP_LT.rawValue): "< ", UInt32(NFT_CMP_LTE.rawValue): "<= ",
      UInt32(NFT_CMP_GT.rawValue): "> ", UInt32(NFT_CMP_GTE.rawValue): ">= ",
    ]
    let name = names[operation] ?? RuleText.unknown + " "
    guard let mask else { return "\(text) \(name)\(type.text(value, context))" }
    if type.isAddress, let length = mask.prefixLength {
      return "\(text) \(name)\(type.text(value, context))/\(length)"
    }
    let isZero = value.allSatisfy { $0 == 0 }
    if type.isBitmask, isZero, operation == UInt32(NFT_CMP_NEQ.rawValue) {
      return "\(text) \(type.text(mask, context))"
    }
    if type == .tcpFlags, !isZero {
      return "\(text) \(name)\(type.text(value, context)) / \(type.text(mask, context))"
    }
    let sign = operation == UInt32(NFT_CMP_EQ.rawValue) ? "== " : name
    let bits = type.text(mask, context).split(separator: ",").joined(separator: " | ")
    let group = bits.contains(" ") ? "(\(bits))" : bits
    return "\(text) & \(group) \(sign)\(isZero ? "0x0" : type.text(value, context))"
  }
}

extension [UInt8] {
  /// The number of leading ones; nil if a one follows a zero.
  fileprivate var prefixLength: Int? {
    let bits = flatMap { byte in (0..<8).map { byte >> (7 - $0) & 1 } }
    let length = bits.prefix { $0 == 1 }.count
    return bits.dropFirst(length).contains(1) ? nil : length
  }
}

extension RuleText {
  func metaKey(_ expression: InstalledExpression) -> RegisterContents {
    let key = expression.number(ExpressionAttribute.metaKey)
    let known: [nft_meta_keys: (String, ValueType)] = [
      NFT_META_LEN: ("meta length", .integer), NFT_META_PROTOCOL: ("meta protocol", .etherType),
      NFT_META_PRIORITY: ("meta priority", .hostNumber), NFT_META_MARK: ("meta mark", .mark),
      NFT_META_IIF: ("iif", .linkIndex), NFT_META_OIF: ("oif", .linkIndex),
      NFT_META_IIFNAME: ("iifname", .linkName), NFT_META_OIFNAME: ("oifname", .linkName),
      NFT_META_IFTYPE: ("iiftype", .linkType), NFT_META_OIFTYPE: ("oiftype", .linkType),
      NFT_META_SKUID: ("meta skuid", .hostNumber), NFT_META_SKGID: ("meta skgid", .hostNumber),
      NFT_META_NFTRACE: ("meta nftrace", .hostNumber),
      NFT_META_NFPROTO: ("meta nfproto", .networkFamily),
      NFT_META_L4PROTO: ("meta l4proto", .transport),
      NFT_META_BRI_IIFNAME: ("meta ibrname", .linkName),
      NFT_META_BRI_OIFNAME: ("meta obrname", .linkName),
      NFT_META_PKTTYPE: ("meta pkttype", .packetType), NFT_META_CPU: ("meta cpu", .hostNumber),
      NFT_META_CGROUP: ("meta cgroup", .hostNumber),
      NFT_META_IIFKIND: ("meta iifkind", .linkName), NFT_META_OIFKIND: ("meta oifkind", .linkName),
    ]
    guard let key, let (text, type) = known[nft_meta_keys(rawValue: key)] else {
      return RegisterContents(text: "meta \(Self.unknown)", type: .integer)
    }
    return RegisterContents(text: text, type: type)
  }

  func conntrackKey(_ expression: InstalledExpression) -> RegisterContents {
    let key = expression.number(ExpressionAttribute.connectionKey)
    let known: [nft_ct_keys: (String, ValueType)] = [
      NFT_CT_STATE: ("state", .connectionState), NFT_CT_STATUS: ("status", .connectionStatus),
      NFT_CT_DIRECTION: ("direction", .direction), NFT_CT_MARK: ("mark", .mark),
      NFT_CT_L3PROTOCOL: ("l3proto", .networkFamily), NFT_CT_PROTOCOL: ("protocol", .transport),
      NFT_CT_SRC_IP: ("ip saddr", .ipv4), NFT_CT_DST_IP: ("ip daddr", .ipv4),
      NFT_CT_SRC_IP6: ("ip6 saddr", .ipv6), NFT_CT_DST_IP6: ("ip6 daddr", .ipv6),
      NFT_CT_PROTO_SRC: ("proto-src", .port), NFT_CT_PROTO_DST: ("proto-dst", .port),
    ]
    guard let key, let (text, type) = known[nft_ct_keys(rawValue: key)] else {
      return RegisterContents(text: "ct \(Self.unknown)", type: .integer)
    }
    let direction = expression.attribute(ExpressionAttribute.connectionDirection)?
      .integer(UInt8.self)
    let prefix =
      switch direction {
      case 0?: "ct original "
      case 1?: "ct reply "
      default: "ct "
      }
    return RegisterContents(text: prefix + text, type: type)
  }

  func fibKey(_ expression: InstalledExpression) -> RegisterContents {
    let flags = expression.number(ExpressionAttribute.routeFlags) ?? 0
    let names: [(UInt32, String)] = [
      (UInt32(NFTA_FIB_F_SADDR.rawValue), "saddr"), (UInt32(NFTA_FIB_F_DADDR.rawValue), "daddr"),
      (UInt32(NFTA_FIB_F_MARK.rawValue), "mark"), (UInt32(NFTA_FIB_F_IIF.rawValue), "iif"),
      (UInt32(NFTA_FIB_F_OIF.rawValue), "oif"),
    ]
    let key = names.filter { flags & $0.0 != 0 }.map(\.1).joined(separator: " . ")
    switch expression.number(ExpressionAttribute.routeResult) {
    case UInt32(NFT_FIB_RESULT_OIF.rawValue):
      return RegisterContents(text: "fib \(key) oif", type: .fibLink)
    case UInt32(NFT_FIB_RESULT_OIFNAME.rawValue):
      return RegisterContents(text: "fib \(key) oifname", type: .linkName)
    default: return RegisterContents(text: "fib \(key) type", type: .addressType)
    }
  }

  func payload(_ expression: InstalledExpression) -> RegisterContents {
    let offset = expression.number(ExpressionAttribute.payloadOffset) ?? 0
    let length = expression.number(ExpressionAttribute.payloadLength) ?? 0
    switch expression.number(ExpressionAttribute.payloadBase) {
    case UInt32(NFT_PAYLOAD_LL_HEADER.rawValue):
      return linkField(offset, length)
    case UInt32(NFT_PAYLOAD_NETWORK_HEADER.rawValue):
      return networkField(offset, length)
    case UInt32(NFT_PAYLOAD_TRANSPORT_HEADER.rawValue):
      return transportField(offset, length)
    default:
      return RegisterContents(text: "@\(Self.unknown),\(offset * 8),\(length * 8)", type: .integer)
    }
  }

  private func linkField(_ offset: UInt32, _ length: UInt32) -> RegisterContents {
    switch (offset, length) {
    case (0, 6): RegisterContents(text: "ether daddr", type: .mac, layer: .link)
    case (6, 6): RegisterContents(text: "ether saddr", type: .mac, layer: .link)
    case (12, 2): RegisterContents(text: "ether type", type: .etherType, layer: .link)
    default: RegisterContents(text: "@ll,\(offset * 8),\(length * 8)", type: .integer)
    }
  }

  private func networkField(_ offset: UInt32, _ length: UInt32) -> RegisterContents {
    let (text, type): (String, ValueType) =
      switch (networkFamily, offset, length) {
      case (NetfilterFamily.ipv4, 12, 1...4): ("ip saddr", .ipv4)
      case (NetfilterFamily.ipv4, 16, 1...4): ("ip daddr", .ipv4)
      case (NetfilterFamily.ipv4, 9, 1): ("ip protocol", .transport)
      case (NetfilterFamily.ipv4, 8, 1): ("ip ttl", .integer)
      case (NetfilterFamily.ipv4, 2, 2): ("ip length", .integer)
      case (NetfilterFamily.ipv4, 6, 2): ("ip frag-off", .hexadecimal)
      case (NetfilterFamily.ipv6, 8, 1...16): ("ip6 saddr", .ipv6)
      case (NetfilterFamily.ipv6, 24, 1...16): ("ip6 daddr", .ipv6)
      case (NetfilterFamily.ipv6, 6, 1): ("ip6 nexthdr", .transport)
      case (NetfilterFamily.ipv6, 7, 1): ("ip6 hoplimit", .integer)
      default: ("@nh,\(offset * 8),\(length * 8)", .integer)
      }
    return RegisterContents(text: text, type: type, layer: .network)
  }

  private func transportField(_ offset: UInt32, _ length: UInt32) -> RegisterContents {
    let name =
      switch transport {
      case 6: "tcp"
      case 17: "udp"
      case 132: "sctp"
      case 33: "dccp"
      case 136: "udplite"
      default: "th"
      }
    let (text, type): (String, ValueType) =
      switch (transport, offset, length) {
      case (1, 0, 1): ("icmp type", .icmpType)
      case (1, 1, 1): ("icmp code", .integer)
      case (58, 0, 1): ("icmpv6 type", .icmpv6Type)
      case (58, 1, 1): ("icmpv6 code", .integer)
      case (_, 0, 2): ("\(name) sport", .port)
      case (_, 2, 2): ("\(name) dport", .port)
      case (6, 13, 1): ("tcp flags", .tcpFlags)
      default: ("@th,\(offset * 8),\(length * 8)", .integer)
      }
    let isICMP = transport == 1 || transport == 58
    return RegisterContents(text: text, type: type, layer: isICMP ? .icmp : .transport)
  }
}

extension nft_meta_keys: @retroactive Hashable {}
extension nft_ct_keys: @retroactive Hashable {}
