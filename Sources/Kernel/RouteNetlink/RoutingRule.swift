package import Addressing
import CLinux
import LinuxSystem
package import Netlink

/// A policy routing rule that selects a table.
package struct RoutingRule: Hashable, Sendable {
  /// The source prefix that it matches.
  package let source: IPPrefix
  /// The destination prefix that it matches; nil for any.
  package let destination: IPPrefix?
  /// The table; nil for a rule with another action, or an l3mdev rule.
  package let table: Route.Table?
  /// Whether it drops or refuses packets.
  package let rejectsPackets: Bool
  /// Lower priorities are evaluated first; the main table's rule has 32766.
  package let priority: UInt32

  /// Describes a rule for packets from one address.
  package init(from source: IPAddress, table: Route.Table, priority: UInt32) {
    self.source = IPPrefix(host: source)
    destination = nil
    rejectsPackets = false
    self.table = table
    self.priority = priority
  }
}

extension RoutingRule {
  static let headerLength = 12

  init?(_ message: NetlinkMessage) {
    var fields = message.fields
    guard message.type == RouteMessage.newRule,
      let family = fields.next(UInt8.self).flatMap(AddressFamily.init(number:)),
      let destinationLength = fields.next(UInt8.self), let length = fields.next(UInt8.self),
      fields.skip(1), let shortTable = fields.next(UInt8.self), fields.skip(2),
      let action = fields.next(UInt8.self), let flags = fields.next(UInt32.self)
    else { return nil }

    var address = IPPrefix.everything(family).address
    var destination: IPAddress?
    var table = UInt32(shortTable)
    var priority: UInt32 = 0
    for attribute in message.attributes(after: Self.headerLength) {
      switch attribute.type {
      case RuleAttribute.source: address = IPAddress(bytes: attribute.payload) ?? address
      case RuleAttribute.destination: destination = IPAddress(bytes: attribute.payload)
      case RuleAttribute.table: table = attribute.integer() ?? table
      case RuleAttribute.priority: priority = attribute.integer() ?? 0
      default: continue
      }
    }
    guard let source = IPPrefix(address: address, length: Int(length)) else { return nil }
    self.source = source
    // An inverted rule matches what is outside of its selectors.
    let isInverted = flags & UInt32(FIB_RULE_INVERT) != 0
    self.destination =
      isInverted
      ? nil : destination.flatMap { IPPrefix(address: $0, length: Int(destinationLength)) }
    rejectsPackets = [
      UInt8(FR_ACT_BLACKHOLE), UInt8(FR_ACT_UNREACHABLE), UInt8(FR_ACT_PROHIBIT),
    ].contains(action)
    let leadsToATable = action == UInt8(FR_ACT_TO_TBL) && table != 0
    self.table = leadsToATable ? Route.Table(rawValue: table) : nil
    self.priority = priority
  }

  func write(to writer: inout MessageWriter) {
    writer.append(source.family.number)
    writer.append(UInt8(0))
    writer.append(UInt8(source.length))
    writer.append(UInt8(0))
    let number = table?.rawValue ?? 0
    writer.append(UInt8(exactly: number) ?? UInt8(RT_TABLE_COMPAT.rawValue))
    writer.append(zeros: 2)
    writer.append(UInt8(FR_ACT_TO_TBL))
    writer.append(UInt32(0))
    writer.attribute(RuleAttribute.source, bytes: source.address.bytes)
    writer.attribute(RuleAttribute.table, number)
    writer.attribute(RuleAttribute.priority, priority)
  }
}

extension RouteSocket {
  /// Adds a rule; throws `.fileExists` if there is an identical one.
  package mutating func add(_ rule: RoutingRule) throws(NetlinkError) {
    try netlink.request(
      RouteMessage.newRule, flags: .createNew, rule.write(to:))
  }

  /// Deletes a rule; throws `.noSuchFileOrDirectory` if it does not exist.
  package mutating func delete(_ rule: RoutingRule) throws(NetlinkError) {
    try netlink.request(RouteMessage.deleteRule, rule.write(to:))
  }

  /// The rules of a family, in order of evaluation. Throws `.notSupported` or
  /// `.addressFamilyNotSupported` if the kernel has no policy routing (CONFIG_IP_MULTIPLE_TABLES).
  package mutating func rules(_ family: AddressFamily) throws(NetlinkError) -> [RoutingRule] {
    try netlink.dump(
      RouteMessage.getRule,
      { writer in
        writer.append(family.number)
        writer.append(zeros: RoutingRule.headerLength - 1)
      },
      parse: RoutingRule.init)
  }

  /// The rules that select a table; empty if the kernel has no policy routing.
  package mutating func rules(
    _ family: AddressFamily, to table: Route.Table
  ) throws(NetlinkError) -> [RoutingRule] {
    do throws(NetlinkError) {
      return try rules(family).filter { $0.table == table && $0.source.family == family }
    } catch {
      let meansNone = [.notSupported, .addressFamilyNotSupported].contains(error.errno)
      guard meansNone else { throw error }
      return []
    }
  }
}
