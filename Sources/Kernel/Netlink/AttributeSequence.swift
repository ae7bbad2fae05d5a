/// Iterates over attributes; ends at the first that exceeds the remaining bytes.
package struct AttributeSequence: Sequence, IteratorProtocol, Sendable {
  private var rest: ArraySlice<UInt8>

  /// Iterates over the attributes at the start of `bytes`, without copying them.
  package init(_ bytes: ArraySlice<UInt8>) {
    rest = bytes
  }

  /// The next attribute, or nil at the end.
  package mutating func next() -> Attribute? {
    var header = FieldReader(rest)
    guard let length = header.next(UInt16.self), let type = header.next(UInt16.self),
      Int(length) >= Wire.attributeHeaderLength, Int(length) <= rest.count
    else {
      rest = []
      return nil
    }
    let payload = rest.prefix(Int(length)).dropFirst(Wire.attributeHeaderLength)
    rest = rest.dropFirst(Wire.aligned(Int(length)))
    return Attribute(
      type: type & Wire.typeMask, isNested: type & Wire.nestedMark != 0, payload: payload)
  }
}
