import CLinux
import Netlink

extension NetfilterBatch {
  /// Makes the table; refused when there is one.
  mutating func createTable() {
    appendTable(flags: [.create, .exclusive])
  }

  /// Switches the table on, should somebody have switched it off. The kernel refuses to do that and to
  /// replace chains in one transaction.
  mutating func wakeTable() {
    appendTable(flags: .create)
  }

  mutating func deleteTable() {
    append(NftablesMessage.deleteTable, family: NetfilterFamily.inet) {
      (writer: inout MessageWriter) in
      writer.attribute(TableAttribute.name, string: Skeleton.table)
    }
  }

  /// Takes everything that is netctl's out of an existing table, whatever version made it.
  ///
  /// Sets and chains without a hook stay, since the administrator's rules may refer to them. A
  /// chain with a hook goes: nothing can refer to it, and neither its hook nor its comment could be
  /// changed. Each object is made first, for none can be deleted that is not there.
  mutating func emptyTable() {
    let chains = Skeleton.chains.filter { $0.name != .admin }
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
    for set in Skeleton.sets {
      append(NftablesMessage.deleteElement, family: NetfilterFamily.inet) {
        (writer: inout MessageWriter) in
        writer.attribute(ElementAttribute.table, string: Skeleton.table)
        writer.attribute(ElementAttribute.set, string: set.name.rawValue)
      }
    }
  }

  /// Makes the sets, the chains and their rules where they are missing.
  mutating func fillTable() {
    createSets()
    for chain in Skeleton.chains {
      append(NftablesMessage.newChain, family: NetfilterFamily.inet, flags: .create, chain.write)
    }
    for set in Skeleton.anonymousSets { appendAnonymousSet(set) }
    for chain in Skeleton.chains {
      for rule in chain.rules {
        append(NftablesMessage.newRule, family: NetfilterFamily.inet, flags: [.create, .append]) {
          (writer: inout MessageWriter) in
          chain.write(rule, to: &writer)
        }
      }
    }
  }

  /// Appends a change of elements, in messages that keep below the 64 KiB of an attribute.
  mutating func append(_ type: UInt16, _ elements: [SetElement]) {
    let flags: MessageFlags = type == NftablesMessage.newElement ? .create : []
    elements.forEachMessage { set, members in
      append(type, family: NetfilterFamily.inet, flags: flags) { (writer: inout MessageWriter) in
        writer.attribute(ElementAttribute.table, string: Skeleton.table)
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
      writer.attribute(TableAttribute.name, string: Skeleton.table)
      writer.attribute(TableAttribute.flags, bigEndian: UInt32(0))
    }
  }

  private mutating func createSets() {
    for (index, set) in Skeleton.sets.enumerated() {
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
        isRule ? RuleAttribute.table : ChainAttribute.table, string: Skeleton.table)
      writer.attribute(
        isRule ? RuleAttribute.chain : ChainAttribute.name, string: chain.rawValue)
    }
  }
}
