package import Netlink

/// A rule from a kernel dump.
package struct InstalledRule {
  package let chain: String
  package let handle: UInt64
  package let comment: String?
  package let expressions: [InstalledExpression]

  /// Parses a rule; nil for any other message.
  package init?(_ message: NetlinkMessage) {
    guard message.type == NftablesMessage.qualified(NftablesMessage.newRule) else { return nil }
    let attributes = message.attributes(after: netfilterHeaderLength)
    handle = attributes.first { $0.type == RuleAttribute.handle }?.bigEndian() ?? 0
    chain = attributes.first { $0.type == RuleAttribute.chain }?.string ?? ""
    expressions = InstalledExpression.list(in: attributes)
    comment =
      attributes.first { $0.type == RuleAttribute.userData }
      .flatMap { UserData.text(UserData.ruleComment, in: $0.payload) }
      ?? expressions.lazy.compactMap(\.xtablesComment).first
  }
}
