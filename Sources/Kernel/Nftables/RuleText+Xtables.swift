import CLinux
import Netlink

/// Extensions of xtables in rules of iptables-nft(8), as nft translates the common ones.
extension RuleText {
  /// A match; nil for a comment, which is not part of the rule.
  func matchText(_ expression: InstalledExpression) -> String? {
    let name = expression.string(UInt16(NFTA_MATCH_NAME.rawValue)) ?? ""
    let info =
      expression.attribute(UInt16(NFTA_MATCH_INFO.rawValue)).map { Array($0.payload) } ?? []
    switch name {
    case "comment": return nil
    case "tcp", "udp": return portsText(name, info) ?? "xt match \"\(name)\""
    case "icmp": return controlText(.icmpType, "icmp", info) ?? "xt match \"icmp\""
    case "icmp6": return controlText(.icmpv6Type, "icmpv6", info) ?? "xt match \"icmp6\""
    case "conntrack": return conntrackText(info) ?? "xt match \"conntrack\""
    case "addrtype": return addressTypeText(info) ?? "xt match \"addrtype\""
    default: return "xt match \"\(name)\""
    }
  }

  func targetText(_ expression: InstalledExpression) -> String {
    let name = expression.string(UInt16(NFTA_TARGET_NAME.rawValue)) ?? ""
    let info =
      expression.attribute(UInt16(NFTA_TARGET_INFO.rawValue)).map { Array($0.payload) } ?? []
    switch name {
    case "MASQUERADE": return "masquerade"
    case "REJECT": return rejectTargetText(info)
    case "LOG":
      let prefix = String(decoding: info.dropFirst(2).prefix { $0 != 0 }, as: UTF8.self)
      return prefix.isEmpty ? "log" : "log prefix \"\(prefix)\""
    case "DNAT": return translationText("dnat", info) ?? "xt target \"DNAT\""
    case "SNAT": return translationText("snat", info) ?? "xt target \"SNAT\""
    default: return "xt target \"\(name)\""
    }
  }

  // struct xt_tcp and struct xt_udp: two ranges of ports, and for TCP option, mask and value of
  // the flags, then which parts are inverted.
  private func portsText(_ name: String, _ info: [UInt8]) -> String? {
    guard info.count >= (name == "tcp" ? 12 : 9) else { return nil }
    let inverted = info[name == "tcp" ? 11 : 8]
    func range(_ offset: Int, _ field: String, _ bit: UInt8) -> String? {
      let (low, high) = (info.hostShort(at: offset), info.hostShort(at: offset + 2))
      if low == 0, high == .max { return nil }
      let text = low == high ? "\(low)" : "\(low)-\(high)"
      return "\(name) \(field) \(inverted & bit != 0 ? "!= " : "")\(text)"
    }
    var parts = [range(0, "sport", 1), range(4, "dport", 2)].compactMap(\.self)
    if name == "tcp", info[9] != 0 {
      let type = ValueType.tcpFlags
      let sign = inverted & 4 != 0 ? "!= " : ""
      parts.append(
        "tcp flags \(sign)\(type.text([info[10]], context)) / \(type.text([info[9]], context))")
    }
    return parts.isEmpty ? "meta l4proto \(name)" : parts.joined(separator: " ")
  }

  // struct ipt_icmp: the type, the lowest and highest code, whether it is inverted.
  private func controlText(_ type: ValueType, _ name: String, _ info: [UInt8]) -> String? {
    guard info.count >= 4 else { return nil }
    let sign = info[3] & 1 != 0 ? "!= " : ""
    let text = "\(name) type \(sign)\(type.text([info[0]], context))"
    return info[1] == 0 && info[2] == 255 ? text : "\(text) \(name) code \(info[1])"
  }

  // struct xt_conntrack_mtinfo3: four addresses with their masks, then the time of expiry, the
  // protocol, ports, what is compared and inverted, states and statuses.
  private func conntrackText(_ info: [UInt8]) -> String? {
    guard info.count >= 164 else { return nil }
    let compared = info.hostShort(at: 146)
    let inverted = info.hostShort(at: 148)
    guard compared == 1 else { return nil }
    let states = UInt32(info.hostShort(at: 150))
    // XT_CONNTRACK_STATE_*: invalid is bit 0; the others follow from bit 1 in the order of enum
    // ip_conntrack_info; SNAT, DNAT and untracked are above.
    let names = [
      (1, "invalid"), (8, "new"), (4, "related"), (2, "established"), (256, "untracked"),
    ]
    let text = names.filter { states & UInt32($0.0) != 0 }.map(\.1).joined(separator: ",")
    guard !text.isEmpty else { return nil }
    return "ct state \(inverted & 1 != 0 ? "! " : "")\(text)"
  }

  // struct xt_addrtype_info_v1: source and destination types, then flags.
  private func addressTypeText(_ info: [UInt8]) -> String? {
    guard info.count >= 8 else { return nil }
    let flags = UInt32(info.hostShort(at: 4)) | UInt32(info.hostShort(at: 6)) << 16
    func part(_ mask: UInt16, _ side: String, _ inversion: UInt32) -> String? {
      guard mask != 0 else { return nil }
      let names = (0..<16).filter { mask >> $0 & 1 == 1 }
        .map { ValueType.addressType.text([UInt8($0), 0, 0, 0], context) }
      let types = names.count == 1 ? names[0] : "{ \(names.joined(separator: ", ")) }"
      return "fib \(side) type \(flags & inversion != 0 ? "!= " : "")\(types)"
    }
    let parts = [
      part(info.hostShort(at: 0), "saddr", 1), part(info.hostShort(at: 2), "daddr", 2),
    ]
    return parts.compactMap(\.self).joined(separator: " ")
  }

  private func rejectTargetText(_ info: [UInt8]) -> String {
    let kind = info.first ?? 0
    let ipv4 = [
      "icmp type net-unreachable", "icmp type host-unreachable", "icmp type prot-unreachable", "",
      "", "icmp type net-prohibited", "icmp type host-prohibited", "tcp reset",
      "icmp type admin-prohibited",
    ]
    let ipv6 = [
      "icmpv6 type no-route", "icmpv6 type admin-prohibited", "", "icmpv6 type addr-unreachable",
      "", "", "tcp reset",
    ]
    let names = networkFamily == NetfilterFamily.ipv6 ? ipv6 : ipv4
    guard names.indices.contains(Int(kind)), !names[Int(kind)].isEmpty else { return "reject" }
    return "reject with \(names[Int(kind)])"
  }

  // struct nf_nat_range2: flags, two addresses of 16 bytes, two ports in network byte order.
  private func translationText(_ verb: String, _ info: [UInt8]) -> String? {
    // struct nf_nat_ipv4_multi_range_compat, the older form: a count precedes the range.
    let isOld = info.count < 40
    let start = isOld ? 4 : 0
    guard info.count >= (isOld ? 20 : 40) else { return nil }
    let flags = info.hostShort(at: start)
    let width = networkFamily == NetfilterFamily.ipv6 ? 16 : 4
    let address = Array(info[(start + 4)..<(start + 4 + (isOld ? 4 : width))])
    let portOffset = isOld ? start + 12 : 36
    let port = UInt16(info[portOffset]) << 8 | UInt16(info[portOffset + 1])
    var text = verb + " to "
    if flags & 1 != 0 {
      let value = (width == 16 ? ValueType.ipv6 : .ipv4).text(address, context)
      text += width == 16 && flags & 2 != 0 ? "[\(value)]" : value
    }
    if flags & 2 != 0 { text += ":\(port)" }
    return text
  }
}

extension [UInt8] {
  fileprivate func hostShort(at offset: Int) -> UInt16 {
    UInt16(self[offset]) | UInt16(self[offset + 1]) << 8
  }
}

extension InstalledExpression {
  /// The text of `-m comment` of iptables(8).
  var xtablesComment: String? {
    guard name == "match", string(UInt16(NFTA_MATCH_NAME.rawValue)) == "comment" else {
      return nil
    }
    return attribute(UInt16(NFTA_MATCH_INFO.rawValue))?.string
  }
}
