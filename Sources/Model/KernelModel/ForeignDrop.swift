public import Addressing
public import PacketTrace

/// A chain of a foreign nftables table that drops what it does not accept. A packet must pass every
/// table, so netctl's own cannot override it.
public struct ForeignDrop: Hashable, Sendable {
  /// The table family as nft spells it: `ip`, `ip6` or `inet`.
  public let family: String
  /// The table's name.
  public let table: String
  /// The chain's name.
  public let chain: String
  /// The software that probably manages it.
  public let manager: FirewallManager
  /// Whether it is one of legacy xtables, which iptables-legacy(8) changes.
  public let isLegacy: Bool

  package init(
    family: String, table: String, chain: String, manager: FirewallManager, isLegacy: Bool = false
  ) {
    self.family = family
    self.table = table
    self.chain = chain
    self.manager = manager
    self.isLegacy = isLegacy
  }

  /// Whether the chain sees packets of the address family.
  public func concerns(_ addresses: AddressFamily) -> Bool {
    switch addresses {
    case .ipv4: family != "ip6"
    case .ipv6: family != "ip"
    }
  }
}
