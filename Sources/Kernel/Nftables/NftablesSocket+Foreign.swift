package import Addressing
import CLinux
package import KernelModel
package import Netlink

extension NftablesSocket {
  /// Chains of other tables in the forwarding path that drop what they do not accept: by policy, or
  /// by an unconditional last rule.
  ///
  /// Tables with a rule that matches `interface` are skipped; their owner already handles it. Names
  /// in sets are not considered, nor are xtables (legacy iptables), which the kernel does not list
  /// here.
  package mutating func foreignDrops(
    excludingTablesThatName interface: InterfaceName
  ) throws(NetlinkError) -> [ForeignDrop] {
    let chains = try foreignChains()
    var drops: [ForeignDrop] = []
    for chain in chains where chain.isInForwardingPath {
      guard try isDropping(chain), try !names(interface, inTableOf: chain) else { continue }
      drops.append(
        ForeignDrop(
          family: chain.familyName, table: chain.table, chain: chain.name,
          manager: chain.manager(among: chains)))
    }
    return drops
  }

  /// The chains of other tables that decide about forwarded packets of a family by rules, or
  /// translate addresses of what leaves the host. Those of firewalls that have such rules whether anything is forwarded or not count only together with
  /// chains of somebody who forwards.
  package mutating func foreignForwarders(
    _ addresses: AddressFamily
  ) throws(NetlinkError) -> [ForeignForwarder] {
    let chains = try foreignChains()
    return chains.filter { $0.forwards(addresses, among: chains) }
      .map { ForeignForwarder(family: $0.familyName, table: $0.table, chain: $0.name) }
  }

  private mutating func foreignChains() throws(NetlinkError) -> [ForeignChain] {
    try netlink.dump(
      NftablesMessage.qualified(NftablesMessage.getChain),
      { $0.appendNetfilterHeader(family: UInt8(NFPROTO_UNSPEC)) }, parse: ForeignChain.init
    ).filter { !$0.isOurs }
  }

  private mutating func isDropping(_ chain: ForeignChain) throws(NetlinkError) -> Bool {
    if chain.dropsByPolicy { return true }
    return try foreignRules(of: chain).last?.dropsAll == true
  }

  private mutating func names(
    _ interface: InterfaceName, inTableOf chain: ForeignChain
  ) throws(NetlinkError) -> Bool {
    try foreignRules(of: chain, wholeTable: true).contains { $0.names(interface) }
  }

  private mutating func foreignRules(
    of chain: ForeignChain, wholeTable: Bool = false
  ) throws(NetlinkError) -> [ForeignRule] {
    guard wholeTable || chain.useCount > 0 else { return [] }
    return try netlink.dump(
      NftablesMessage.qualified(NftablesMessage.getRule),
      { writer in
        writer.appendNetfilterHeader(family: chain.family)
        writer.attribute(RuleAttribute.table, string: chain.table)
        if !wholeTable { writer.attribute(RuleAttribute.chain, string: chain.name) }
      },
      parse: ForeignRule.init)
  }
}

/// A chain from a kernel dump.
private struct ForeignChain {
  let family: UInt8
  let table: String
  let name: String
  let type: String
  let hook: UInt32?
  let dropsByPolicy: Bool
  let useCount: UInt32

  private static let drop = UInt32(NF_DROP)

  init?(_ message: NetlinkMessage) {
    var fields = message.fields
    guard message.type == NftablesMessage.qualified(NftablesMessage.newChain),
      let family = fields.next(UInt8.self)
    else { return nil }
    var table: String?
    var name: String?
    var (type, policy) = ("", UInt32?.none)
    var (hook, uses) = (UInt32?.none, UInt32(0))
    for attribute in message.attributes(after: netfilterHeaderLength) {
      switch attribute.type {
      case ChainAttribute.table: table = attribute.string
      case ChainAttribute.name: name = attribute.string
      case ChainAttribute.type: type = attribute.string
      case ChainAttribute.policy: policy = attribute.bigEndian32
      case ChainAttribute.useCount: uses = attribute.bigEndian32 ?? 0
      case ChainAttribute.hook:
        hook = attribute.attributes.first { $0.type == ChainAttribute.hookNumber }?.bigEndian32
      default: continue
      }
    }
    guard let table, let name else { return nil }
    (self.family, self.table, self.name, self.type) = (family, table, name, type)
    (self.hook, self.dropsByPolicy, self.useCount) = (hook, policy == Self.drop, uses)
  }

  var isOurs: Bool { family == NetfilterFamily.inet && table == Ruleset.table }

  /// Whether packets between containers and the outside pass it.
  var isInForwardingPath: Bool {
    guard let hook, type == "filter" else { return false }
    let families = [NetfilterFamily.inet, NetfilterFamily.ipv4, NetfilterFamily.ipv6]
    let hooks = [NF_INET_PRE_ROUTING, NF_INET_FORWARD, NF_INET_POST_ROUTING]
    return families.contains(family) && hooks.contains { $0.rawValue == hook }
  }

  var familyName: String {
    switch family {
    case NetfilterFamily.ipv4: "ip"
    case NetfilterFamily.ipv6: "ip6"
    default: "inet"
    }
  }

  /// Whether it has rules about forwarded packets that somebody made who forwards.
  func forwards(_ addresses: AddressFamily, among chains: [ForeignChain]) -> Bool {
    let families = [
      NetfilterFamily.inet, addresses == .ipv4 ? NetfilterFamily.ipv4 : NetfilterFamily.ipv6,
    ]
    let forwarding =
      type == "nat" ? NF_INET_POST_ROUTING : type == "filter" ? NF_INET_FORWARD : nil
    guard let forwarding, hook == UInt32(forwarding.rawValue), useCount > 0,
      families.contains(family)
    else { return false }
    switch manager(among: chains) {
    case .docker, .other, .legacy: return true
    case .ufw, .firewalld:
      let prefixes = ["CNI-", "DOCKER", "KUBE-", "LIBVIRT_"]
      return names(among: chains).contains { name in prefixes.contains(where: name.hasPrefix) }
    }
  }

  private func names(among chains: [ForeignChain]) -> [String] {
    chains.filter { $0.family == family && $0.table == table }.map(\.name)
  }

  func manager(among chains: [ForeignChain]) -> ForeignDrop.Manager {
    if table == "firewalld" { return .firewalld }
    let names = names(among: chains)
    if names.contains(where: { $0.hasPrefix("ufw") }) { return .ufw }
    return names.contains("DOCKER-USER") ? .docker : .other
  }
}

/// A rule from a kernel dump.
private struct ForeignRule {
  private let parts: [InstalledExpression]

  init?(_ message: NetlinkMessage) {
    guard message.type == NftablesMessage.qualified(NftablesMessage.newRule) else { return nil }
    parts = InstalledExpression.list(in: message.attributes(after: netfilterHeaderLength))
  }

  /// Whether it drops or rejects every packet that reaches it.
  var dropsAll: Bool {
    guard let last = parts.last else { return false }
    return parts.dropLast().allSatisfy { ["counter", "log"].contains($0.name) } && last.isDrop
  }

  /// Whether it matches an interface by this name or a prefix of it.
  func names(_ interface: InterfaceName) -> Bool {
    let name = Array(interface.description.utf8)
    return zip(parts, parts.dropFirst()).contains { question, comparison in
      question.asksForInterface && comparison.name == "cmp"
        && comparison.number(ExpressionAttribute.compareOperation) == UInt32(NFT_CMP_EQ.rawValue)
        && comparison.isName(name)
    }
  }
}

extension InstalledExpression {
  fileprivate var isDrop: Bool {
    switch name {
    case "reject": true
    case "target":
      attributes.first { $0.type == UInt16(NFTA_TARGET_NAME.rawValue) }
        .map { ["REJECT", "DROP"].contains($0.string) } ?? false
    case "immediate":
      attributes.first { $0.type == ExpressionAttribute.immediateData }?
        .attributes.first { $0.type == DataAttribute.verdict }?
        .attributes.first { $0.type == DataAttribute.verdictCode }?
        .bigEndian32 == UInt32(NF_DROP)
    default: false
    }
  }

  fileprivate var asksForInterface: Bool {
    let keys = [NFT_META_IIFNAME, NFT_META_OIFNAME].map { UInt32($0.rawValue) }
    return name == "meta" && number(ExpressionAttribute.metaKey).map(keys.contains) ?? false
  }

  /// Whether a comparison is with this name, or with a prefix of it, which has no NUL terminator.
  fileprivate func isName(_ name: [UInt8]) -> Bool {
    let value = attributes.first { $0.type == ExpressionAttribute.compareValue }?
      .attributes.first { $0.type == DataAttribute.value }?.payload
    guard let value else { return false }
    return value.last == 0 ? name.elementsEqual(value.prefix { $0 != 0 }) : name.starts(with: value)
  }
}

extension Attribute {
  fileprivate var bigEndian32: UInt32? { integer(UInt32.self)?.bigEndian }
}
