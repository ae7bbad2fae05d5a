/// A walk over attributes that ends at the first one that does not fit its surroundings.
public struct AttributeSequence: Sequence, IteratorProtocol, Sendable {
  private var rest: ArraySlice<UInt8>

  /// Walks the attributes that start at the first of `bytes`, without copying them.
  public init(_ bytes: ArraySlice<UInt8>) {
    rest = bytes
  }

  /// The next attribute, or nil at the end.
  public mutating func next() -> Attribute? {
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
