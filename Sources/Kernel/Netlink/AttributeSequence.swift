/// Iterates over attributes; ends at the first that exceeds the remaining bytes.
package struct AttributeSequence: Sequence, IteratorProtocol, Sendable {
  private var rest: ArraySlice<UInt8>

  /// Iterates over the attributes at the start of `bytes`, without copying them.
  package init(_ bytes: ArraySlice<UInt8>) {
    rest = bytes
  }

  /// The next attribute, or nil at the end.
  package mutating func next() -> Attribute? {
    let start = rest.startIndex
    let header = start + Wire.attributeHeaderLength
    guard rest.endIndex >= header, let length = UInt16(wireBytes: rest[start..<start + 2]),
      let type = UInt16(wireBytes: rest[start + 2..<header]),
      Int(length) >= Wire.attributeHeaderLength, Int(length) <= rest.count
    else {
      rest = []
      return nil
    }
    let payload = rest[header..<start + Int(length)]
    rest = rest[Swift.min(start + Wire.aligned(Int(length)), rest.endIndex)...]
    return Attribute(
      type: type & Wire.typeMask, isNested: type & Wire.nestedMark != 0, payload: payload)
  }
}
