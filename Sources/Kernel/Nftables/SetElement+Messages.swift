import KernelModel
import Netlink

extension [FirewallElement] {
  /// Each element once, sorted.
  func asSetElements() throws(NetlinkError) -> [SetElement] {
    var elements: [SetElement] = []
    for element in Set(self).sorted() {
      try elements.append(SetElement(element))
    }
    return elements
  }
}

extension [SetElement] {
  /// This many of the largest elements stay well below the 64 KiB limit of an attribute.
  private static var messageCapacity: Int { 512 }

  /// The number of messages needed for all elements.
  var messageCount: Int {
    var count = 0
    forEachMessage { _, _ in count += 1 }
    return count
  }

  /// Splits the elements into runs of one set that fit a message.
  func forEachMessage(_ body: (SetName, ArraySlice<SetElement>) -> Void) {
    var rest = self[...]
    while let first = rest.first {
      let run = rest.prefix(Self.messageCapacity).prefix { $0.set == first.set }
      body(first.set, run)
      rest = rest.dropFirst(run.count)
    }
  }
}

extension SetElement {
  /// The value of the single element in a reply.
  static func value(in message: NetlinkMessage) -> Value? {
    let list = message.attributes(after: netfilterHeaderLength)
      .first { $0.type == ElementAttribute.elements }
    return list?.attributes.first { $0.type == DataAttribute.listMember }
      .flatMap { keyAndValue($0.attributes)?.value }
  }

  /// The key and the value of one element of a list.
  static func keyAndValue(_ element: AttributeSequence) -> (key: [UInt8], value: Value)? {
    var key: [UInt8]?
    var value: Value? = .nothing
    for attribute in element {
      switch attribute.type {
      case ElementAttribute.key:
        key = attribute.attributes.first { $0.type == DataAttribute.value }
          .map { Array($0.payload) }
      case ElementAttribute.data:
        value = data(attribute.attributes)
      default: continue
      }
    }
    guard let key, let value else { return nil }
    return (key, value)
  }

  private static func data(_ attributes: AttributeSequence) -> Value? {
    for attribute in attributes {
      switch attribute.type {
      case DataAttribute.value: return .data(Array(attribute.payload))
      case DataAttribute.verdict: return verdict(attribute.attributes)
      default: continue
      }
    }
    return nil
  }

  private static func verdict(_ attributes: AttributeSequence) -> Value? {
    let code = attributes.first { $0.type == DataAttribute.verdictCode }?.bigEndian(Int32.self)
    switch code {
    case Verdict.accept.code: return .verdict(.accept)
    case Verdict.drop.code: return .verdict(.drop)
    default: return nil
    }
  }
}
