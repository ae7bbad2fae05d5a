/// Takes the fields of a fixed header from the front of some bytes.
public struct FieldReader: Sendable {
  /// What has not been read yet.
  public private(set) var rest: ArraySlice<UInt8>

  /// Starts at the first of `bytes`.
  public init(_ bytes: ArraySlice<UInt8>) {
    rest = bytes
  }

  /// The next integer in the host's byte order; nil when too few bytes are left.
  public mutating func next<Value: WireInteger>(_: Value.Type = Value.self) -> Value? {
    guard let value = Value(wireBytes: rest.prefix(Value.bitWidth / 8)) else { return nil }
    rest = rest.dropFirst(Value.bitWidth / 8)
    return value
  }

  /// Passes over bytes that do not matter; false when too few are left.
  public mutating func skip(_ count: Int) -> Bool {
    guard rest.count >= count else { return false }
    rest = rest.dropFirst(count)
    return true
  }
}

extension WireInteger {
  /// An integer in the host's byte order; nil unless there are exactly as many bytes as it has.
  init?(wireBytes bytes: ArraySlice<UInt8>) {
    guard bytes.count == Self.bitWidth / 8 else { return nil }
    var value = Self.zero
    for byte in bytes {
      value = value << 8 | Self(truncatingIfNeeded: byte)
    }
    self = Self(bigEndian: value)
  }
}
