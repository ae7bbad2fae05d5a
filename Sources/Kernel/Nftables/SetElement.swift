import Netlink

/// An element of a set or map, as it is sent.
package struct SetElement: Hashable, Sendable {
  package enum Value: Hashable, Sendable {
    case nothing
    case data([UInt8])
    case verdict(Verdict)
  }

  package let set: SetName
  package let key: [UInt8]
  package let value: Value

  package init(_ set: SetName, _ key: [UInt8], _ value: Value = .nothing) {
    self.set = set
    self.key = key
    self.value = value
  }

  /// Whether another element can have the same key.
  var hasValue: Bool { value != .nothing }

  /// Writes the element as a list element.
  func write(to writer: inout MessageWriter) {
    writer.nest(DataAttribute.listMember) { (writer: inout MessageWriter) in
      writer.value(ElementAttribute.key, key)
      switch value {
      case .nothing: break
      case .data(let bytes): writer.value(ElementAttribute.data, bytes)
      case .verdict(let verdict): writer.verdict(ElementAttribute.data, verdict)
      }
    }
  }
}

extension SetElement {
  /// Parses one element of a list; nil for one with something else than a key and a value.
  init?(in set: SetName, _ element: AttributeSequence) {
    var key: [UInt8]?
    var value: Value? = .nothing
    for attribute in element {
      switch attribute.type {
      case ElementAttribute.key:
        key = attribute.attributes.first { $0.type == DataAttribute.value }
          .map { Array($0.payload) }
      case ElementAttribute.data:
        value = Self.data(attribute.attributes)
      default: continue
      }
    }
    guard let key, let value else { return nil }
    self.init(set, key, value)
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
