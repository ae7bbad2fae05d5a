package import Addressing
package import KernelModel
package import Netlink
import Nftables
import PacketTrace

extension FirewallSocket {
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

  /// Whether the chain nevertheless accepts what is forwarded from one interface to another, because
  /// of rules, also of chains that it leads to, with no other condition than those two.
  package mutating func accepts(
    _ drop: ForeignDrop, from source: InterfaceName, to destination: InterfaceName
  ) throws(NetlinkError) -> Bool {
    let chains = try foreignChains()
    guard
      let chain = chains.first(where: {
        $0.familyName == drop.family && $0.table == drop.table && $0.name == drop.chain
      })
    else { return false }
    let rules = try nftables.rules(ofFamily: chain.family, table: chain.table)
    let walk = ForwardWalk(
      rules: Dictionary(grouping: rules, by: \.chain), source: Array(source.description.utf8),
      destination: Array(destination.description.utf8))
    return walk.end(of: chain.name) == .accept
  }

  /// The chains of other tables that have rules for forwarded packets of a family, or that
  /// translate the addresses of packets that leave the host. Those of firewalls that have such
  /// rules even if nothing is forwarded only count together with chains of software that forwards.
  package mutating func foreignForwarders(
    _ addresses: AddressFamily
  ) throws(NetlinkError) -> [ForeignForwarder] {
    let chains = try foreignChains()
    return chains.filter { $0.forwards(addresses, among: chains) }
      .map { ForeignForwarder(family: $0.familyName, table: $0.table, chain: $0.name) }
  }

  private mutating func foreignChains() throws(NetlinkError) -> [InstalledChain] {
    if listing == nil { listing = try nftables.chains() }
    return listing?.filter { !$0.isOurs } ?? []
  }

  private mutating func isDropping(_ chain: InstalledChain) throws(NetlinkError) -> Bool {
    if chain.dropsByPolicy { return true }
    guard chain.useCount > 0 else { return false }
    let rules = try nftables.rules(
      ofFamily: chain.family, table: chain.table, chain: chain.name)
    return rules.last?.dropsAll == true
  }

  private mutating func names(
    _ interface: InterfaceName, inTableOf chain: InstalledChain
  ) throws(NetlinkError) -> Bool {
    try nftables.rules(ofFamily: chain.family, table: chain.table)
      .contains { $0.names(interface) }
  }
}

extension InstalledChain {
  fileprivate var isOurs: Bool { family == NetfilterFamily.inet && table == Ruleset.table }

  /// Whether packets between containers and the outside pass it.
  fileprivate var isInForwardingPath: Bool {
    let families = [NetfilterFamily.inet, NetfilterFamily.ipv4, NetfilterFamily.ipv6]
    guard type == "filter", families.contains(family) else { return false }
    switch position {
    case .prerouting, .forward, .postrouting: return true
    case .input, .output, .inputOfARP, .outputOfARP, nil: return false
    }
  }

  fileprivate var familyName: String {
    switch family {
    case NetfilterFamily.ipv4: "ip"
    case NetfilterFamily.ipv6: "ip6"
    default: "inet"
    }
  }

  /// Whether it has rules for forwarded packets made by software that forwards.
  fileprivate func forwards(_ addresses: AddressFamily, among chains: [InstalledChain]) -> Bool {
    let families = [
      NetfilterFamily.inet, addresses == .ipv4 ? NetfilterFamily.ipv4 : NetfilterFamily.ipv6,
    ]
    let hasPosition =
      type == "nat" ? position == .postrouting : type == "filter" && position == .forward
    guard hasPosition, useCount > 0, families.contains(family) else { return false }
    switch manager(among: chains) {
    case .ufw, .firewalld:
      let forwarders: [FirewallManager?] = [.docker, .kubernetes, .libvirt, .podman]
      return names(among: chains).contains { forwarders.contains(FirewallManager(chain: $0)) }
    case .netctl, .docker, .podman, .libvirt, .kubernetes, .systemd, .administrator: return true
    }
  }

  fileprivate func manager(among chains: [InstalledChain]) -> FirewallManager {
    FirewallManager(table: table) ?? FirewallManager(tableWithChains: names(among: chains))
      ?? .administrator
  }

  private func names(among chains: [InstalledChain]) -> [String] {
    chains.filter { $0.family == family && $0.table == table }.map(\.name)
  }
}

extension InstalledRule {
  /// Whether it drops or rejects every packet that reaches it.
  fileprivate var dropsAll: Bool {
    guard let last = expressions.last else { return false }
    return expressions.dropLast().allSatisfy { ["counter", "log"].contains($0.name) }
      && last.isDrop
  }

  /// Whether it matches an interface by this name or a prefix of it.
  fileprivate func names(_ interface: InterfaceName) -> Bool {
    let name = Array(interface.description.utf8)
    return zip(expressions, expressions.dropFirst()).contains { load, comparison in
      load.loadsInterfaceName && comparison.holds(for: name)
    }
  }
}

/// The way of a packet through the chains of a table, as far as the interfaces between which it is
/// forwarded decide it.
private struct ForwardWalk {
  let rules: [String: [InstalledRule]]
  let source: [UInt8]
  let destination: [UInt8]

  enum End { case accept, drop }

  /// The kernel's limit for jumps (NFT_JUMP_STACK_SIZE).
  private static let depthLimit = 16

  /// Where the way ends in a chain; nil if it comes back out.
  func end(of chain: String, depth: Int = 0) -> End? {
    guard depth < Self.depthLimit else { return nil }
    for rule in rules[chain] ?? [] where applies(rule) {
      if rule.expressions.last?.isDrop == true { return .drop }
      switch rule.expressions.last?.verdict {
      case .accept: return .accept
      case .drop: return .drop
      case .return: return nil
      case .goto(let chain): return end(of: chain.rawValue, depth: depth + 1)
      case .jump(let chain):
        if let end = end(of: chain.rawValue, depth: depth + 1) { return end }
      case nil: continue
      }
    }
    return nil
  }

  // A rule with a condition on anything else is for some packets only.
  private func applies(_ rule: InstalledRule) -> Bool {
    var loaded: [UInt8]?
    for expression in rule.expressions.dropLast() {
      switch expression.name {
      case "counter", "log": continue
      case "meta" where expression.loadsInterfaceName:
        loaded = expression.loadsInputInterface ? source : destination
      case "cmp":
        guard let name = loaded, expression.admits(name) else { return false }
        loaded = nil
      default: return false
      }
    }
    return true
  }
}
