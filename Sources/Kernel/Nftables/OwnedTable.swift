package import Netlink

/// A table that belongs to the socket that creates it: no other socket can change it, and the
/// kernel deletes it when the socket is closed.
package struct OwnedTable: Sendable {
  /// A base chain, its rules, and for family netdev the links whose packets it sees.
  package struct Chain: Sendable {
    let definition: ChainDefinition
    let devices: [String]

    package init(_ definition: ChainDefinition, devices: [String] = []) {
      self.definition = definition
      self.devices = devices
    }
  }

  package let family: UInt8
  package let name: String
  let chains: [Chain]

  package init(family: UInt8, _ name: String, chains: [Chain]) {
    self.family = family
    self.name = name
    self.chains = chains
  }
}

extension NetfilterBatch {
  /// Creates the table with its chains and rules; fails if there is one of that name.
  package mutating func create(_ table: OwnedTable) {
    append(NftablesMessage.newTable, family: table.family, flags: [.create, .exclusive]) {
      (writer: inout MessageWriter) in
      writer.attribute(TableAttribute.name, string: table.name)
      writer.attribute(TableAttribute.flags, bigEndian: TableAttribute.ownedBySocket)
    }
    for chain in table.chains {
      append(NftablesMessage.newChain, family: table.family, flags: .create) {
        (writer: inout MessageWriter) in
        chain.definition.write(in: table.name, devices: chain.devices, to: &writer)
      }
      for rule in chain.definition.rules {
        append(NftablesMessage.newRule, family: table.family, flags: [.create, .append]) {
          (writer: inout MessageWriter) in
          chain.definition.write(rule, in: table.name, to: &writer)
        }
      }
    }
  }
}
