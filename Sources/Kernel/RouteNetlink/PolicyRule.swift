package import Addressing
import CLinux
import LinuxSystem
package import Netlink

/// A policy routing rule with what it matches, as text.
package struct PolicyRule: Hashable, Sendable {
  package let family: AddressFamily
  package let priority: UInt32
  /// The table; 0 for another action.
  package let table: UInt32
  /// The rule as ip-rule(8) takes it, without priority.
  package let text: String

  init?(_ message: NetlinkMessage) {
    var fields = message.fields
    guard message.type == RouteMessage.newRule,
      let family = fields.next(UInt8.self).flatMap(AddressFamily.init(number:)),
      let destinationLength = fields.next(UInt8.self), let sourceLength = fields.next(UInt8.self),
      fields.skip(1), let shortTable = fields.next(UInt8.self), fields.skip(2),
      let action = fields.next(UInt8.self)
    else { return nil }
    var (table, priority, mark) = (UInt32(shortTable), UInt32(0), UInt32?.none)
    var (source, destination) = ("all", String?.none)
    var links: [String] = []
    for attribute in message.attributes(after: RoutingRule.headerLength) {
      switch attribute.type {
      case RuleAttribute.source:
        source = IPAddress(bytes: attribute.payload).map { "\($0)/\(sourceLength)" } ?? source
      case RuleAttribute.destination:
        destination = IPAddress(bytes: attribute.payload).map { "\($0)/\(destinationLength)" }
      case RuleAttribute.table: table = attribute.integer() ?? table
      case RuleAttribute.priority: priority = attribute.integer() ?? 0
      case RuleAttribute.inputLink: links.append("iif \(attribute.string)")
      case RuleAttribute.outputLink: links.append("oif \(attribute.string)")
      case RuleAttribute.mark: mark = attribute.integer()
      default: continue
      }
    }
    let leadsToTable = action == UInt8(FR_ACT_TO_TBL)
    (self.family, self.priority) = (family, priority)
    self.table = leadsToTable ? table : 0
    let end = leadsToTable ? ["lookup \(Self.name(ofTable: table))"] : [Self.name(ofAction: action)]
    let parts =
      ["from \(source)"] + (destination.map { ["to \($0)"] } ?? [])
      + (mark.map { ["fwmark 0x\(String($0, radix: 16))"] } ?? []) + links + end
    text = parts.joined(separator: " ")
  }

  private static func name(ofAction action: UInt8) -> String {
    switch UInt32(action) {
    case UInt32(FR_ACT_BLACKHOLE): "blackhole"
    case UInt32(FR_ACT_UNREACHABLE): "unreachable"
    case UInt32(FR_ACT_PROHIBIT): "prohibit"
    default: "action \(action)"
    }
  }

  /// The name that iproute2 knows everywhere, or the number.
  package static func name(ofTable table: UInt32) -> String {
    switch table {
    case UInt32(RT_TABLE_MAIN.rawValue): "main"
    case UInt32(RT_TABLE_LOCAL.rawValue): "local"
    case UInt32(RT_TABLE_DEFAULT.rawValue): "default"
    default: String(table)
    }
  }
}

extension RouteSocket {
  /// The rules of a family, in order of evaluation; empty without policy routing.
  package mutating func policyRules(
    _ family: AddressFamily
  ) throws(NetlinkError) -> [PolicyRule] {
    do throws(NetlinkError) {
      return try netlink.dump(
        RouteMessage.getRule,
        { writer in
          writer.append(family.number)
          writer.append(zeros: RoutingRule.headerLength - 1)
        }, parse: PolicyRule.init)
    } catch {
      let meansNone = [.notSupported, .addressFamilyNotSupported].contains(error.errno)
      guard meansNone else { throw error }
      return []
    }
  }

  /// The routes of all tables that reject packets: blackhole, unreachable and prohibit.
  package mutating func rejectingRoutes(
    _ family: AddressFamily
  ) throws(NetlinkError) -> [Route] {
    try netlink.dump(
      RouteMessage.getRoute,
      { writer in
        writer.append(family.number)
        writer.append(zeros: Route.headerLength - 1)
      },
      parse: Route.init
    ).filter { $0.rejectsPackets && $0.destination.family == family }
  }
}
