import CLinux
import Netlink

/// A rule's expression, as dumped by the kernel or as sent.
package struct InstalledExpression {
  package let name: String
  private let data: ArraySlice<UInt8>

  /// Parses an element of a rule's expression list.
  init(_ member: Attribute) {
    var name = ""
    var data: ArraySlice<UInt8> = []
    for part in member.attributes {
      switch part.type {
      case ExpressionAttribute.name: name = part.string
      case ExpressionAttribute.data: data = part.payload
      default: continue
      }
    }
    self.name = name
    self.data = data
  }

  var attributes: AttributeSequence { AttributeSequence(data) }

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
    guard name == sent.name else { return false }
    // The same bytes have the same meaning, but so may others.
    if data == sent.data { return true }
    return (anonymousSet == nil) == (sent.anonymousSet == nil)
      && attributesButOwnSet.agree(with: sent.attributesButOwnSet)
  }

  // The kernel numbers anonymous sets itself.
  private var attributesButOwnSet: [Attribute] {
    if anonymousSet == nil { return Array(attributes) }
    let own = [ExpressionAttribute.lookupSet, ExpressionAttribute.lookupSetIdentifier]
    return attributes.filter { !own.contains($0.type) }
  }
}

extension InstalledExpression {
  /// Whether it drops or rejects every packet that reaches it.
  package var isDrop: Bool {
    switch name {
    case "reject": true
    case "target":
      attributes.first { $0.type == UInt16(NFTA_TARGET_NAME.rawValue) }
        .map { ["REJECT", "DROP"].contains($0.string) } ?? false
    case "immediate": verdict == .drop
    default: false
    }
  }

  /// Where it sends each packet that reaches it; nil if it goes on with the next rule.
  package var verdict: Verdict? {
    guard name == "immediate" else { return nil }
    return attributes.first { $0.type == ExpressionAttribute.immediateData }.flatMap(Verdict.init)
  }

  /// Whether it loads the name of the packet's input or output interface.
  package var loadsInterfaceName: Bool { loadsInputInterface || loadsMeta(NFT_META_OIFNAME) }

  /// Whether it loads the name of the packet's input interface.
  package var loadsInputInterface: Bool { loadsMeta(NFT_META_IIFNAME) }

  private func loadsMeta(_ key: nft_meta_keys) -> Bool {
    name == "meta" && number(ExpressionAttribute.metaKey) == UInt32(key.rawValue)
  }

  /// Whether it compares with this name, or with a prefix of it.
  package func holds(for interface: [UInt8]) -> Bool {
    comparison(NFT_CMP_EQ, with: interface) == true
  }

  /// Whether a packet with this name gets beyond the comparison.
  package func admits(_ interface: [UInt8]) -> Bool {
    comparison(NFT_CMP_EQ, with: interface) ?? comparison(NFT_CMP_NEQ, with: interface).map { !$0 }
      ?? false
  }

  /// Whether it compares by this operation with the name, or with a prefix of it, which has no NUL
  /// terminator; nil for another operation.
  private func comparison(_ operation: nft_cmp_ops, with interface: [UInt8]) -> Bool? {
    guard name == "cmp",
      number(ExpressionAttribute.compareOperation) == UInt32(operation.rawValue),
      let value = attributes.first(where: { $0.type == ExpressionAttribute.compareValue })?
        .attributes.first(where: { $0.type == DataAttribute.value })?.payload
    else { return nil }
    return value.last == 0
      ? interface.elementsEqual(value.prefix { $0 != 0 }) : interface.starts(with: value)
  }
}

extension [Attribute] {
  /// Whether these are the attributes that were sent. The kernel also dumps omitted ones, as zeros.
  func agree(with sent: [Attribute]) -> Bool {
    var count = 0
    for attribute in self where !attribute.isZero { count += 1 }
    for attribute in sent where !attribute.isZero {
      guard holds(attribute) else { return false }
      count -= 1
    }
    return count == 0
  }

  /// Whether they contain what was sent, and maybe more.
  func holds(_ sent: Attribute) -> Bool {
    guard let found = first(where: { $0.type == sent.type }) else { return sent.isZero }
    if found.payload == sent.payload { return true }
    return sent.isNested && Array(found.attributes).agree(with: Array(sent.attributes))
  }
}

extension Attribute {
  fileprivate var isZero: Bool { payload.allSatisfy { $0 == 0 } }
}
