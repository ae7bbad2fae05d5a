public import Addressing

/// A chain of somebody else's nftables table that drops what it does not accept. A packet must pass
/// every table, so netctl's own cannot make up for it.
public struct ForeignDrop: Hashable, Sendable {
  /// Who is likely to keep the table.
  public enum Keeper: Hashable, Sendable {
    /// A Docker Engine; its chain for administrators is there.
    case docker
    /// ufw.
    case ufw
    /// firewalld.
    case firewalld
    /// Whoever uses the older xtables (iptables-legacy(8)).
    case legacy
    /// Somebody else.
    case other
  }

  /// The family of the table as nft calls it: `ip`, `ip6` or `inet`.
  public let family: String
  /// The table.
  public let table: String
  /// The chain.
  public let chain: String
  /// Who is likely to keep it.
  public let keeper: Keeper

  /// Takes every member.
  public init(family: String, table: String, chain: String, keeper: Keeper) {
    self.family = family
    self.table = table
    self.chain = chain
    self.keeper = keeper
  }

  /// Whether the chain sees packets of the family.
  public func concerns(_ addresses: AddressFamily) -> Bool {
    switch addresses {
    case .ipv4: family != "ip6"
    case .ipv6: family != "ip"
    }
  }
}
