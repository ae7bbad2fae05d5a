package import Netlink

extension NetfilterBatch {
  /// Creates the table; fails if it exists.
  package mutating func create(_ table: TableDefinition) {
    appendTable(table, flags: .createNew)
  }

  /// Clears the dormant flag. The kernel refuses to do that and to replace chains in one
  /// transaction.
  package mutating func activate(_ table: TableDefinition) {
    appendTable(table, flags: .create)
  }

  /// Deletes the table with everything in it.
  package mutating func delete(_ table: TableDefinition) {
    append(NftablesMessage.deleteTable, family: table.family) {
      (writer: inout MessageWriter) in
      writer.attribute(TableAttribute.name, string: table.name)
    }
  }

  /// Removes everything that is managed from an existing table, whatever version created it.
  ///
  /// Sets and regular chains stay, since the administrator's rules may refer to them. Base chains
  /// are deleted: nothing can refer to them, and neither their hook nor their comment could be
  /// changed. Each object is created first, because a missing one cannot be deleted.
  package mutating func empty(_ table: TableDefinition) {
    let chains = table.managedChains
    for chain in chains {
      append(NftablesMessage.newChain, chain.name, in: table, flags: .create)
    }
    for chain in chains {
      append(NftablesMessage.deleteRule, chain.name, in: table)
    }
    for chain in chains where chain.hook != nil {
      append(NftablesMessage.deleteChain, chain.name, in: table)
    }
    createSets(of: table)
    for set in table.sets {
      append(NftablesMessage.deleteElement, family: table.family) {
        (writer: inout MessageWriter) in
        writer.attribute(ElementAttribute.table, string: table.name)
        writer.attribute(ElementAttribute.set, string: set.name.rawValue)
      }
    }
  }

  /// Creates missing sets and chains, and the rules.
  package mutating func fill(_ table: TableDefinition) {
    createSets(of: table)
    for chain in table.chains {
      append(NftablesMessage.newChain, family: table.family, flags: .create) {
        (writer: inout MessageWriter) in
        chain.write(in: table.name, to: &writer)
      }
    }
    for set in table.anonymousSets { append(set, in: table) }
    for chain in table.chains {
      for rule in chain.rules {
        append(NftablesMessage.newRule, family: table.family, flags: .createLast) {
          (writer: inout MessageWriter) in
          chain.write(rule, in: table.name, to: &writer)
        }
      }
    }
  }

  /// Adds elements of sets of these tables; adding one that is there succeeds.
  package mutating func add(_ elements: [SetElement], to tables: [TableDefinition]) {
    for table in tables {
      append(
        NftablesMessage.newElement, table.elements(among: elements), in: table, flags: .create)
    }
  }

  /// Deletes elements. Before Linux 6.3, the absence of one is an error.
  package mutating func delete(_ elements: [SetElement], from tables: [TableDefinition]) {
    for table in tables {
      append(NftablesMessage.deleteElement, table.elements(among: elements), in: table)
    }
  }

  // In messages that stay below the 64 KiB limit of an attribute.
  private mutating func append(
    _ type: UInt16, _ elements: [SetElement], in table: TableDefinition,
    flags: MessageFlags = MessageFlags()
  ) {
    elements.forEachMessage { set, members in
      append(type, family: table.family, flags: flags) { (writer: inout MessageWriter) in
        writer.attribute(ElementAttribute.table, string: table.name)
        writer.attribute(ElementAttribute.set, string: set.rawValue)
        writer.nest(ElementAttribute.elements) { (writer: inout MessageWriter) in
          for member in members { member.write(to: &writer) }
        }
      }
    }
  }

  private mutating func appendTable(_ table: TableDefinition, flags: MessageFlags) {
    append(NftablesMessage.newTable, family: table.family, flags: flags) {
      (writer: inout MessageWriter) in
      writer.attribute(TableAttribute.name, string: table.name)
      writer.attribute(TableAttribute.flags, bigEndian: UInt32(0))
    }
  }

  private mutating func createSets(of table: TableDefinition) {
    for (index, set) in table.sets.enumerated() {
      append(NftablesMessage.newSet, family: table.family, flags: .create) {
        (writer: inout MessageWriter) in
        set.write(in: table.name, to: &writer, identifier: UInt32(index + 1))
      }
    }
  }

  private mutating func append(_ set: AnonymousSet, in table: TableDefinition) {
    append(NftablesMessage.newSet, family: table.family, flags: .create) {
      (writer: inout MessageWriter) in
      set.writeDefinition(in: table.name, to: &writer)
    }
    append(NftablesMessage.newElement, family: table.family, flags: .create) {
      (writer: inout MessageWriter) in
      set.writeMembers(in: table.name, to: &writer)
    }
  }

  private mutating func append(
    _ type: UInt16, _ chain: ChainName, in table: TableDefinition,
    flags: MessageFlags = MessageFlags()
  ) {
    append(type, family: table.family, flags: flags) { (writer: inout MessageWriter) in
      let isRule = type == NftablesMessage.deleteRule
      writer.attribute(
        isRule ? RuleAttribute.table : ChainAttribute.table, string: table.name)
      writer.attribute(
        isRule ? RuleAttribute.chain : ChainAttribute.name, string: chain.rawValue)
    }
  }
}
