/// A chain of somebody else's table that decides about forwarded packets, which is to say that
/// somebody forwards.
public struct ForeignForwarder: Hashable, Sendable {
  /// The family of the table as nft calls it: `ip`, `ip6` or `inet`.
  public let family: String
  /// The table.
  public let table: String
  /// The chain.
  public let chain: String

  /// Takes every member.
  public init(family: String, table: String, chain: String) {
    self.family = family
    self.table = table
    self.chain = chain
  }
}
