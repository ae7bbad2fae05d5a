import CLinux
import Netlink

extension NftablesSocket {
  /// Whether the table is what this version installs, apart from the contents of its sets, the
  /// chain `admin`, and the administrator's own chains.
  ///
  /// `installedVersion` counts rules; this compares them, because one may have been replaced.
  mutating func isAsInstalled() throws(NetlinkError) -> Bool {
    guard try installedVersion() == Ruleset.version, try chainsAgree() else { return false }
    let rules = Dictionary(grouping: try installedRules(), by: \.chain)
    for chain in Ruleset.chains where chain.name != .admin {
      let found = rules[chain.name.rawValue] ?? []
      guard found.count == chain.rules.count else { return false }
      for (rule, found) in zip(chain.rules, found) {
        let sets = rule.flatMap(\.anonymousSets)
        guard try agree(found, chain.sent(rule), sets) else { return false }
      }
    }
    return true
  }

  /// Whether the table is dormant; false if there is none.
  mutating func isDormant() throws(NetlinkError) -> Bool {
    let flags = try find(
      NftablesMessage.getTable, { $0.attribute(TableAttribute.name, string: Ruleset.table) },
      parse: { message in
        message.attributes(after: netfilterHeaderLength)
          .first { $0.type == TableAttribute.flags }?.bigEndian(UInt32.self)
      })
    return (flags ?? 0) & UInt32(NFT_TABLE_F_DORMANT.rawValue) != 0
  }

  // Compares the hooks and policies of the chains.
  private mutating func chainsAgree() throws(NetlinkError) -> Bool {
    let found = try netlink.dump(
      NftablesMessage.qualified(NftablesMessage.getChain),
      { $0.appendNetfilterHeader(family: NetfilterFamily.inet) },
      parse: { Array($0.attributes(after: netfilterHeaderLength)) })
    return Ruleset.chains.allSatisfy { chain in
      let sent = chain.sent
      return found.contains { attributes in sent.allSatisfy(attributes.holds) }
    }
  }

  private mutating func installedRules() throws(NetlinkError) -> [InstalledRule] {
    try netlink.dump(
      NftablesMessage.qualified(NftablesMessage.getRule),
      { writer in
        writer.appendNetfilterHeader(family: NetfilterFamily.inet)
        writer.attribute(RuleAttribute.table, string: Ruleset.table)
      },
      parse: InstalledRule.init)
  }

  private mutating func agree(
    _ found: InstalledRule, _ sent: [InstalledExpression], _ sets: [AnonymousSet]
  ) throws(NetlinkError) -> Bool {
    guard found.expressions.count == sent.count,
      zip(found.expressions, sent).allSatisfy({ $0.agrees(with: $1) })
    else { return false }
    for (name, set) in zip(found.expressions.compactMap(\.anonymousSet), sets) {
      let members = try elements(of: name) { SetElement.keyAndValue($0)?.key }
      guard members.count == set.members.count,
        Set(members.compactMap(\.self)) == Set(set.members)
      else { return false }
    }
    return true
  }
}

private struct InstalledRule {
  let chain: String
  let expressions: [InstalledExpression]

  init?(_ message: NetlinkMessage) {
    guard message.type == NftablesMessage.qualified(NftablesMessage.newRule) else { return nil }
    let attributes = message.attributes(after: netfilterHeaderLength)
    chain = attributes.first { $0.type == RuleAttribute.chain }?.string ?? ""
    expressions = InstalledExpression.list(in: attributes)
  }
}

extension ChainDefinition {
  /// The attributes that it is created with.
  fileprivate var sent: [Attribute] {
    var writer = MessageWriter()
    write(to: &writer)
    return Array(AttributeSequence(writer.bytes[...]))
  }

  fileprivate func sent(_ rule: [Statement]) -> [InstalledExpression] {
    var writer = MessageWriter()
    write(rule, to: &writer)
    return InstalledExpression.list(in: AttributeSequence(writer.bytes[...]))
  }
}
