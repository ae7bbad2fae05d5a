/// Reads the fields of a fixed header.
package struct FieldReader: Sendable {
  /// The bytes that have not been read yet.
  public private(set) var rest: ArraySlice<UInt8>

  /// Starts at the first of `bytes`.
  package init(_ bytes: ArraySlice<UInt8>) {
    rest = bytes
  }

  /// The next integer in the host's byte order; nil when too few bytes are left.
  package mutating func next<Value: WireInteger>(_: Value.Type = Value.self) -> Value? {
    guard let value = Value(wireBytes: rest.prefix(Value.bitWidth / 8)) else { return nil }
    rest = rest.dropFirst(Value.bitWidth / 8)
    return value
  }

  // These make the generic one, which is looked up at run time, unnecessary for most fields.

  /// The next byte; nil when none is left.
  package mutating func next(_: UInt8.Type = UInt8.self) -> UInt8? { rest.popFirst() }

  /// The next number of two bytes in the host's byte order; nil when too few are left.
  package mutating func next(_: UInt16.Type = UInt16.self) -> UInt16? {
    guard rest.count >= 2 else { return nil }
    defer { rest = rest.dropFirst(2) }
    return rest.number16(at: rest.startIndex)
  }

  /// The next number of four bytes in the host's byte order; nil when too few are left.
  package mutating func next(_: UInt32.Type = UInt32.self) -> UInt32? {
    guard rest.count >= 4 else { return nil }
    defer { rest = rest.dropFirst(4) }
    return rest.number32(at: rest.startIndex)
  }

  /// Skips bytes; false when too few are left.
  package mutating func skip(_ count: Int) -> Bool {
    guard rest.count >= count else { return false }
    rest = rest.dropFirst(count)
    return true
  }
}
