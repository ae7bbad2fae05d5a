import Netlink

/// An expression of a rule as the kernel tells of it, or as it is sent.
struct InstalledExpression {
  let name: String
  let attributes: [Attribute]

  /// Reads a member of a rule's list.
  init(_ member: Attribute) {
    let parts = Array(member.attributes)
    name = parts.first { $0.type == ExpressionAttribute.name }?.string ?? ""
    attributes =
      parts.first { $0.type == ExpressionAttribute.data }.map { Array($0.attributes) } ?? []
  }

  /// The expressions of a rule.
  static func list(in rule: some Sequence<Attribute>) -> [InstalledExpression] {
    rule.first { $0.type == RuleAttribute.expressions }?.attributes.map(Self.init) ?? []
  }

  func number(_ type: UInt16) -> UInt32? {
    attributes.first { $0.type == type }?.bigEndian()
  }
}

extension InstalledExpression {
  /// The set of the rule's own in which it looks something up.
  var anonymousSet: String? {
    guard name == "lookup",
      let set = attributes.first(where: { $0.type == ExpressionAttribute.lookupSet })?.string,
      set.hasPrefix(AnonymousSet.namePrefix)
    else { return nil }
    return set
  }

  /// Whether it does the same as one that was sent, whatever is in a set of the rule's own.
  func agrees(with sent: InstalledExpression) -> Bool {
    name == sent.name && (anonymousSet == nil) == (sent.anonymousSet == nil)
      && attributesButOwnSet.agree(with: sent.attributesButOwnSet)
  }

  // The kernel numbers the sets of rules itself.
  private var attributesButOwnSet: [Attribute] {
    if anonymousSet == nil { return attributes }
    let own = [ExpressionAttribute.lookupSet, ExpressionAttribute.lookupSetIdentifier]
    return attributes.filter { !own.contains($0.type) }
  }
}

extension [Attribute] {
  /// Whether these are the attributes that were sent. The kernel also tells of those that were left
  /// out, as zeros.
  func agree(with sent: [Attribute]) -> Bool {
    let (found, sent) = (filter { !$0.isZero }, sent.filter { !$0.isZero })
    return found.count == sent.count && sent.allSatisfy(found.holds)
  }

  /// Whether what was sent is among them, and more may be.
  func holds(_ sent: Attribute) -> Bool {
    guard let found = first(where: { $0.type == sent.type }) else { return sent.isZero }
    return sent.isNested
      ? Array(found.attributes).agree(with: Array(sent.attributes))
      : found.payload.elementsEqual(sent.payload)
  }
}

extension Attribute {
  fileprivate var isZero: Bool { payload.allSatisfy { $0 == 0 } }
}
