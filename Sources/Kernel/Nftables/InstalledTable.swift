import CLinux
import Netlink

/// A table from a kernel dump.
package struct InstalledTable {
  package let family: UInt8
  package let name: String
  /// Whether its chains are not hooked in.
  package let isDormant: Bool

  init?(_ message: NetlinkMessage) {
    var fields = message.fields
    guard message.type == NftablesMessage.qualified(NftablesMessage.newTable),
      let family = fields.next(UInt8.self)
    else { return nil }
    let attributes = Array(message.attributes(after: netfilterHeaderLength))
    guard let name = attributes.first(where: { $0.type == TableAttribute.name })?.string else {
      return nil
    }
    let flags = attributes.first { $0.type == TableAttribute.flags }?.bigEndian(UInt32.self)
    (self.family, self.name) = (family, name)
    isDormant = (flags ?? 0) & UInt32(NFT_TABLE_F_DORMANT.rawValue) != 0
  }
}

extension [InstalledTable] {
  /// The installed table with the definition's family and name.
  package func first(like definition: TableDefinition) -> InstalledTable? {
    first { $0.family == definition.family && $0.name == definition.name }
  }
}
