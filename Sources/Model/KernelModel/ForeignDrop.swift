public import Addressing

/// A chain of a foreign nftables table that drops what it does not accept. A packet must pass every
/// table, so netctl's own cannot override it.
public struct ForeignDrop: Hashable, Sendable {
  /// The software that probably manages the table.
  public enum Manager: Hashable, Sendable {
    /// A Docker Engine; the table has the chain DOCKER-USER.
    case docker
    /// ufw.
    case ufw
    /// firewalld.
    case firewalld
    /// Software that uses legacy xtables (iptables-legacy(8)).
    case legacy
    /// Unknown.
    case other
  }

  /// The table family as nft spells it: `ip`, `ip6` or `inet`.
  public let family: String
  /// The table's name.
  public let table: String
  /// The chain's name.
  public let chain: String
  /// The software that probably manages it.
  public let manager: Manager

  package init(family: String, table: String, chain: String, manager: Manager) {
    self.family = family
    self.table = table
    self.chain = chain
    self.manager = manager
  }

  /// Whether the chain sees packets of the address family.
  public func concerns(_ addresses: AddressFamily) -> Bool {
    switch addresses {
    case .ipv4: family != "ip6"
    case .ipv6: family != "ip"
    }
  }
}
