import Netlink

/// A rule's expression, as dumped by the kernel or as sent.
struct InstalledExpression {
  let name: String
  let attributes: [Attribute]

  /// Parses an element of a rule's expression list.
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
  /// The anonymous set that it refers to.
  var anonymousSet: String? {
    guard name == "lookup",
      let set = attributes.first(where: { $0.type == ExpressionAttribute.lookupSet })?.string,
      set.hasPrefix(AnonymousSet.namePrefix)
    else { return nil }
    return set
  }

  /// Whether it equals one that was sent, apart from the contents of its anonymous set.
  func agrees(with sent: InstalledExpression) -> Bool {
    name == sent.name && (anonymousSet == nil) == (sent.anonymousSet == nil)
      && attributesButOwnSet.agree(with: sent.attributesButOwnSet)
  }

  // The kernel numbers anonymous sets itself.
  private var attributesButOwnSet: [Attribute] {
    if anonymousSet == nil { return attributes }
    let own = [ExpressionAttribute.lookupSet, ExpressionAttribute.lookupSetIdentifier]
    return attributes.filter { !own.contains($0.type) }
  }
}

extension [Attribute] {
  /// Whether these are the attributes that were sent. The kernel also dumps omitted ones, as zeros.
  func agree(with sent: [Attribute]) -> Bool {
    let (found, sent) = (filter { !$0.isZero }, sent.filter { !$0.isZero })
    return found.count == sent.count && sent.allSatisfy(found.holds)
  }

  /// Whether they contain what was sent, and maybe more.
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
