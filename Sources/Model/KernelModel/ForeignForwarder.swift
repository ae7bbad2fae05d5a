/// A chain of another table that filters forwarded packets or translates addresses, which implies
/// that other software forwards.
public struct ForeignForwarder: Hashable, Sendable {
  /// The table family as nft spells it: `ip`, `ip6` or `inet`.
  public let family: String
  /// The table's name.
  public let table: String
  /// The chain's name.
  public let chain: String

  package init(family: String, table: String, chain: String) {
    self.family = family
    self.table = table
    self.chain = chain
  }
}
