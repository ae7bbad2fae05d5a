package import Netlink

extension NftablesSocket {
  /// Whether the chains have their hooks and policies, and the managed ones their rules; the table
  /// may have other chains besides. The elements of named sets are not compared.
  package mutating func agrees(with table: TableDefinition) throws(NetlinkError) -> Bool {
    guard try chainsAgree(table) else { return false }
    let rules = Dictionary(
      grouping: try rules(ofFamily: table.family, table: table.name), by: \.chain)
    for chain in table.managedChains {
      let found = rules[chain.name.rawValue] ?? []
      guard found.count == chain.rules.count else { return false }
      for (rule, found) in zip(chain.rules, found) {
        guard try agree(found, rule, of: chain, in: table) else { return false }
      }
    }
    return true
  }

  /// Whether a rule of a chain is one that the table's definition has there.
  package mutating func isRule(
    _ handle: UInt64, ofChain name: String, definedBy table: TableDefinition
  ) throws(NetlinkError) -> Bool {
    guard let chain = table.managedChains.first(where: { $0.name.rawValue == name }),
      let found = try rule(
        ofFamily: table.family, table: table.name, chain: name, handle: handle)
    else { return false }
    for rule in chain.rules where try agree(found, rule, of: chain, in: table) { return true }
    return false
  }

  private mutating func chainsAgree(_ table: TableDefinition) throws(NetlinkError) -> Bool {
    let found = try chainAttributes(ofFamily: table.family)
    return table.chains.allSatisfy { chain in
      let sent = chain.sent(in: table.name)
      return found.contains { attributes in sent.allSatisfy(attributes.holds) }
    }
  }

  private mutating func agree(
    _ found: InstalledRule, _ rule: Rule, of chain: ChainDefinition, in table: TableDefinition
  ) throws(NetlinkError) -> Bool {
    let sent = chain.sent(rule, in: table.name)
    guard found.expressions.count == sent.count,
      zip(found.expressions, sent).allSatisfy({ $0.agrees(with: $1) })
    else { return false }
    for (name, set) in zip(found.expressions.compactMap(\.anonymousSet), rule.anonymousSets) {
      let members = try elements(of: SetName(name), in: table).map { $0?.key }
      guard members.count == set.members.count,
        Set(members.compactMap(\.self)) == Set(set.members)
      else { return false }
    }
    return true
  }
}

extension ChainDefinition {
  /// The attributes that it is created with.
  fileprivate func sent(in table: String) -> [Attribute] {
    var writer = MessageWriter()
    write(in: table, to: &writer)
    return Array(AttributeSequence(writer.bytes[...]))
  }

  fileprivate func sent(_ rule: Rule, in table: String) -> [InstalledExpression] {
    var writer = MessageWriter()
    write(rule, in: table, to: &writer)
    return InstalledExpression.list(in: AttributeSequence(writer.bytes[...]))
  }
}
