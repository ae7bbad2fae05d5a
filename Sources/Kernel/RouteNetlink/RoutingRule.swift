import CLinux
import Netlink

/// A rule that says in which table routes are looked for.
struct RoutingRule {
  static let headerLength = 12

  /// The table; nil for a rule that does something else, or leaves the table to the link.
  let table: Route.Table?

  init?(_ message: NetlinkMessage) {
    var fields = message.fields
    guard message.type == RouteMessage.newRule, fields.skip(4),
      let shortTable = fields.next(UInt8.self), fields.skip(2),
      let action = fields.next(UInt8.self)
    else { return nil }
    let attribute = message.attributes(after: Self.headerLength)
      .first { $0.type == RuleAttribute.table }
    let number = attribute?.integer() ?? UInt32(shortTable)
    let leadsToATable = action == UInt8(FR_ACT_TO_TBL) && number != 0
    table = leadsToATable ? Route.Table(rawValue: number) : nil
  }
}
