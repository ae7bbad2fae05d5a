import Netlink

/// A rule from a kernel dump.
package struct InstalledRule {
  package let chain: String
  package let expressions: [InstalledExpression]

  init?(_ message: NetlinkMessage) {
    guard message.type == NftablesMessage.qualified(NftablesMessage.newRule) else { return nil }
    let attributes = message.attributes(after: netfilterHeaderLength)
    chain = attributes.first { $0.type == RuleAttribute.chain }?.string ?? ""
    expressions = InstalledExpression.list(in: attributes)
  }
}
