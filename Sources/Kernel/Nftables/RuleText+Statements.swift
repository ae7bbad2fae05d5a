import CLinux
import Netlink

extension RuleText {
  /// A statement as nft spells it; its name for one unknown to this version.
  func statementText(_ expression: InstalledExpression) -> String {
    switch expression.name {
    case "limit": return limitText(expression)
    case "log": return logText(expression)
    case "reject": return rejectText(expression)
    case "nat": return natText(expression)
    case "masq": return "masquerade"
    case "redir":
      let port = argument(UInt16(NFTA_REDIR_REG_PROTO_MIN.rawValue), of: expression, as: .port)
      return port.map { "redirect to :\($0)" } ?? "redirect"
    case "notrack": return "notrack"
    case "queue": return "queue"
    default: return expression.name.isEmpty ? Self.unknown : "\(expression.name) \(Self.unknown)"
    }
  }

  private static let defaultBurst: UInt32 = 5

  private func limitText(_ expression: InstalledExpression) -> String {
    func number(_ type: UInt16) -> UInt64 { expression.attribute(type)?.bigEndian() ?? 0 }
    let units: [UInt64: String] = [1: "second", 60: "minute", 3600: "hour", 86400: "day"]
    let unit = units[number(ExpressionAttribute.limitUnit)] ?? Self.unknown
    let burst = expression.number(ExpressionAttribute.limitBurst) ?? 0
    let rate = "limit rate \(number(ExpressionAttribute.limitRate))/\(unit)"
    return burst == Self.defaultBurst ? rate : rate + " burst \(burst) packets"
  }

  private func logText(_ expression: InstalledExpression) -> String {
    expression.string(UInt16(NFTA_LOG_PREFIX.rawValue)).map { "log prefix \"\($0)\"" } ?? "log"
  }

  private func rejectText(_ expression: InstalledExpression) -> String {
    let type = expression.number(UInt16(NFTA_REJECT_TYPE.rawValue))
    let code =
      expression.attribute(UInt16(NFTA_REJECT_ICMP_CODE.rawValue))?.integer(UInt8.self) ?? 0
    switch type {
    case UInt32(NFT_REJECT_TCP_RST.rawValue): return "reject with tcp reset"
    case UInt32(NFT_REJECT_ICMPX_UNREACH.rawValue):
      let names: [UInt8: String] = [
        0: "no-route", 1: "port-unreachable", 2: "host-unreachable", 3: "admin-prohibited",
      ]
      return code == 1 ? "reject" : "reject with icmpx \(names[code] ?? String(code))"
    default:
      if networkFamily == NetfilterFamily.ipv6 {
        let names: [UInt8: String] = [
          0: "no-route", 1: "admin-prohibited", 3: "addr-unreachable", 4: "port-unreachable",
        ]
        return code == 4 ? "reject" : "reject with icmpv6 \(names[code] ?? String(code))"
      }
      let names: [UInt8: String] = [
        0: "net-unreachable", 1: "host-unreachable", 2: "prot-unreachable", 3: "port-unreachable",
        9: "net-prohibited", 10: "host-prohibited", 13: "admin-prohibited",
      ]
      return code == 3 ? "reject" : "reject with icmp \(names[code] ?? String(code))"
    }
  }

  private func natText(_ expression: InstalledExpression) -> String {
    let isSource =
      expression.number(ExpressionAttribute.translationKind) == UInt32(NFT_NAT_SNAT.rawValue)
    let isIPv6 =
      expression.number(ExpressionAttribute.translationFamily) == UInt32(NetfilterFamily.ipv6)
    let address = argument(
      ExpressionAttribute.translationAddress, of: expression, as: isIPv6 ? .ipv6 : .ipv4)
    let port = argument(ExpressionAttribute.translationPort, of: expression, as: .port)
    let isInet = context.family == NetfilterFamily.inet
    var text = (isSource ? "snat" : "dnat") + (isInet ? isIPv6 ? " ip6" : " ip" : "") + " to "
    if let address { text += isIPv6 && port != nil ? "[\(address)]" : address }
    if let port { text += ":\(port)" }
    return text
  }
}
