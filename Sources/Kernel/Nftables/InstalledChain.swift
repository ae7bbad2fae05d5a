import CLinux
import Netlink

/// A chain from a kernel dump.
package struct InstalledChain {
  package let family: UInt8
  package let table: String
  package let name: String
  /// The type of a base chain, such as `filter`; empty for others.
  package let type: String
  /// The hook of a base chain of an IP family.
  package let position: ChainHook.Position?
  package let dropsByPolicy: Bool
  /// The number of its rules and of the jumps to it.
  package let useCount: UInt32
  package let comment: String?

  private static let drop = UInt32(NF_DROP)

  init?(_ message: NetlinkMessage) {
    var fields = message.fields
    guard message.type == NftablesMessage.qualified(NftablesMessage.newChain),
      let family = fields.next(UInt8.self)
    else { return nil }
    var table: String?
    var name: String?
    var comment: String?
    var (type, policy) = ("", UInt32?.none)
    var (hook, uses) = (UInt32?.none, UInt32(0))
    for attribute in message.attributes(after: netfilterHeaderLength) {
      switch attribute.type {
      case ChainAttribute.table: table = attribute.string
      case ChainAttribute.name: name = attribute.string
      case ChainAttribute.type: type = attribute.string
      case ChainAttribute.policy: policy = attribute.bigEndian()
      case ChainAttribute.useCount: uses = attribute.bigEndian() ?? 0
      case ChainAttribute.hook:
        hook = attribute.attributes.first { $0.type == ChainAttribute.hookNumber }?.bigEndian()
      case ChainAttribute.userData:
        comment = UserData.text(UserData.chainComment, in: attribute.payload)
      default: continue
      }
    }
    guard let table, let name else { return nil }
    (self.family, self.table, self.name, self.type) = (family, table, name, type)
    (self.dropsByPolicy, self.useCount, self.comment) = (policy == Self.drop, uses, comment)
    position = ChainHook.Position(number: hook)
  }

  /// Whether it is a chain of a table.
  package func isChain(_ chain: ChainName, of definition: TableDefinition) -> Bool {
    family == definition.family && table == definition.name && name == chain.rawValue
  }
}
