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
  /// The hook of a base chain as nft spells it, such as `forward` or `ingress`.
  package let hookName: String?
  /// The priority of a base chain; chains with lower ones run first.
  package let priority: Int32
  /// The links whose packets a chain of family netdev sees.
  package let devices: [String]
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
    var (priority, devices) = (Int32(0), [String]())
    for attribute in message.attributes(after: netfilterHeaderLength) {
      switch attribute.type {
      case ChainAttribute.table: table = attribute.string
      case ChainAttribute.name: name = attribute.string
      case ChainAttribute.type: type = attribute.string
      case ChainAttribute.policy: policy = attribute.bigEndian()
      case ChainAttribute.useCount: uses = attribute.bigEndian() ?? 0
      case ChainAttribute.hook:
        for part in attribute.attributes {
          switch part.type {
          case ChainAttribute.hookNumber: hook = part.bigEndian()
          case ChainAttribute.hookPriority: priority = part.bigEndian() ?? 0
          case ChainAttribute.hookDevice: devices = [part.string]
          case ChainAttribute.hookDevices: devices = part.attributes.map(\.string)
          default: continue
          }
        }
      case ChainAttribute.userData:
        comment = UserData.text(UserData.chainComment, in: attribute.payload)
      default: continue
      }
    }
    guard let table, let name else { return nil }
    (self.family, self.table, self.name, self.type) = (family, table, name, type)
    (self.dropsByPolicy, self.useCount, self.comment) = (policy == Self.drop, uses, comment)
    (self.priority, self.devices) = (priority, devices)
    position = ChainHook.Position(number: hook)
    hookName = hook.flatMap { Self.hookName($0, family: family) }
  }

  private static func hookName(_ number: UInt32, family: UInt8) -> String? {
    switch family {
    case NetfilterFamily.netdev: return number == 0 ? "ingress" : "egress"
    case NetfilterFamily.arp: return number == UInt32(NF_ARP_IN) ? "input" : "output"
    default: break
    }
    switch ChainHook.Position(number: number) {
    case .prerouting, .inputOfARP: return "prerouting"
    case .input, .outputOfARP: return "input"
    case .forward: return "forward"
    case .output: return "output"
    case .postrouting: return "postrouting"
    case nil: return family == NetfilterFamily.inet ? "ingress" : nil
    }
  }

  /// Whether it is a chain of a table.
  package func isChain(_ chain: ChainName, of definition: TableDefinition) -> Bool {
    family == definition.family && table == definition.name && name == chain.rawValue
  }
}
