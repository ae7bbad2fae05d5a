import CLinux
import Netlink

extension NetfilterBatch {
  /// Creates the table; fails if it exists.
  mutating func createTable() {
    appendTable(flags: [.create, .exclusive])
  }

  /// Clears the dormant flag. The kernel refuses to do that and to replace chains in one
  /// transaction.
  mutating func activateTable() {
    appendTable(flags: .create)
  }

  mutating func deleteTable() {
    append(NftablesMessage.deleteTable, family: NetfilterFamily.inet) {
      (writer: inout MessageWriter) in
      writer.attribute(TableAttribute.name, string: Ruleset.table)
    }
  }

  /// Removes everything that is netctl's from an existing table, whatever version created it.
  ///
  /// Sets and regular chains stay, since the administrator's rules may refer to them. Base chains
  /// are deleted: nothing can refer to them, and neither their hook nor their comment could be
  /// changed. Each object is created first, because a missing one cannot be deleted.
  mutating func emptyTable() {
    let chains = Ruleset.chains.filter { $0.name != .admin }
    for chain in chains {
      append(NftablesMessage.newChain, chain.name, flags: .create)
    }
    for chain in chains {
      append(NftablesMessage.deleteRule, chain.name)
    }
    for chain in chains where chain.hook != nil {
      append(NftablesMessage.deleteChain, chain.name)
    }
    createSets()
    for set in Ruleset.sets {
      append(NftablesMessage.deleteElement, family: NetfilterFamily.inet) {
        (writer: inout MessageWriter) in
        writer.attribute(ElementAttribute.table, string: Ruleset.table)
        writer.attribute(ElementAttribute.set, string: set.name.rawValue)
      }
    }
  }

  /// Creates missing sets and chains, and the rules.
  mutating func fillTable() {
    createSets()
    for chain in Ruleset.chains {
      append(NftablesMessage.newChain, family: NetfilterFamily.inet, flags: .create, chain.write)
    }
    for set in Ruleset.anonymousSets { appendAnonymousSet(set) }
    for chain in Ruleset.chains {
      for rule in chain.rules {
        append(NftablesMessage.newRule, family: NetfilterFamily.inet, flags: [.create, .append]) {
          (writer: inout MessageWriter) in
          chain.write(rule, to: &writer)
        }
      }
    }
  }

  /// Appends a change of elements, in messages that stay below the 64 KiB limit of an attribute.
  mutating func append(_ type: UInt16, _ elements: [SetElement]) {
    let flags: MessageFlags = type == NftablesMessage.newElement ? .create : []
    elements.forEachMessage { set, members in
      append(type, family: NetfilterFamily.inet, flags: flags) { (writer: inout MessageWriter) in
        writer.attribute(ElementAttribute.table, string: Ruleset.table)
        writer.attribute(ElementAttribute.set, string: set.rawValue)
        writer.nest(ElementAttribute.elements) { (writer: inout MessageWriter) in
          for member in members { member.write(to: &writer) }
        }
      }
    }
  }

  private mutating func appendTable(flags: MessageFlags) {
    append(NftablesMessage.newTable, family: NetfilterFamily.inet, flags: flags) {
      (writer: inout MessageWriter) in
      writer.attribute(TableAttribute.name, string: Ruleset.table)
      writer.attribute(TableAttribute.flags, bigEndian: UInt32(0))
    }
  }

  private mutating func createSets() {
    for (index, set) in Ruleset.sets.enumerated() {
      append(NftablesMessage.newSet, family: NetfilterFamily.inet, flags: .create) {
        (writer: inout MessageWriter) in
        set.write(to: &writer, identifier: UInt32(index + 1))
      }
    }
  }

  private mutating func appendAnonymousSet(_ set: AnonymousSet) {
    append(
      NftablesMessage.newSet, family: NetfilterFamily.inet, flags: .create, set.writeDefinition)
    append(
      NftablesMessage.newElement, family: NetfilterFamily.inet, flags: .create, set.writeMembers)
  }

  private mutating func append(_ type: UInt16, _ chain: ChainName, flags: MessageFlags = []) {
    append(type, family: NetfilterFamily.inet, flags: flags) { (writer: inout MessageWriter) in
      let isRule = type == NftablesMessage.deleteRule
      writer.attribute(
        isRule ? RuleAttribute.table : ChainAttribute.table, string: Ruleset.table)
      writer.attribute(
        isRule ? RuleAttribute.chain : ChainAttribute.name, string: chain.rawValue)
    }
  }
}
