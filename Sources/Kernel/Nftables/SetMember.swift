import CLinux
package import Netlink

/// A member of a set as the printer of rules needs it.
package struct SetMember: Sendable {
  package let key: [UInt8]
  /// The last key of an interval, in sets of concatenations with intervals.
  package let lastKey: [UInt8]?
  /// Whether it marks the end of an interval that began with the member before.
  package let isIntervalEnd: Bool
  package let verdict: String?

  /// The members in a message; nil if it has none.
  package static func list(in message: NetlinkMessage) -> [SetMember]? {
    message.attributes(after: netfilterHeaderLength)
      .first { $0.type == ElementAttribute.elements }
      .map { list in
        list.attributes.filter { $0.type == DataAttribute.listMember }
          .compactMap { SetMember($0.attributes) }
      }
  }

  private init?(_ element: AttributeSequence) {
    var (key, last, flags) = ([UInt8]?.none, [UInt8]?.none, UInt32(0))
    var verdict: String?
    for attribute in element {
      switch attribute.type {
      case ElementAttribute.key: key = attribute.dataValue
      case UInt16(NFTA_SET_ELEM_KEY_END.rawValue): last = attribute.dataValue
      case UInt16(NFTA_SET_ELEM_FLAGS.rawValue): flags = attribute.bigEndian() ?? 0
      case ElementAttribute.data: verdict = RuleText.verdict(in: attribute)
      default: continue
      }
    }
    guard let key else { return nil }
    (self.key, lastKey, self.verdict) = (key, last, verdict)
    isIntervalEnd = flags & UInt32(NFT_SET_ELEM_INTERVAL_END.rawValue) != 0
  }
}

extension Attribute {
  /// The bytes of an attribute that holds a value.
  var dataValue: [UInt8]? {
    attributes.first { $0.type == DataAttribute.value }.map { Array($0.payload) }
  }
}
