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

  /// Skips bytes; false when too few are left.
  package mutating func skip(_ count: Int) -> Bool {
    guard rest.count >= count else { return false }
    rest = rest.dropFirst(count)
    return true
  }
}
