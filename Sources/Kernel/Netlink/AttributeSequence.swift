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
    guard rest.endIndex >= header, case let length = Int(rest.number16(at: start)),
      length >= Wire.attributeHeaderLength, length <= rest.count
    else {
      rest = []
      return nil
    }
    let type = rest.number16(at: start + 2)
    let payload = rest[header..<start + length]
    rest = rest[Swift.min(start + Wire.aligned(length), rest.endIndex)...]
    return Attribute(
      type: type & Wire.typeMask, isNested: type & Wire.nestedMark != 0, payload: payload)
  }
}
