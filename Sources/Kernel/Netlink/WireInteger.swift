/// An integer of fixed width, as used in netlink messages.
package protocol WireInteger: FixedWidthInteger & Sendable {
  /// An integer in the host's byte order; nil unless the length matches exactly.
  init?(wireBytes bytes: ArraySlice<UInt8>)
  /// An integer in network byte order; nil unless the length matches exactly.
  init?(bigEndianBytes bytes: ArraySlice<UInt8>)
}

// Each type implements the requirements itself, because a generic implementation looks up its
// operators at run time, for every byte.

extension UInt8: WireInteger {
  package init?(wireBytes bytes: ArraySlice<UInt8>) { self.init(bigEndianBytes: bytes) }
  package init?(bigEndianBytes bytes: ArraySlice<UInt8>) {
    guard bytes.count == 1, let byte = bytes.first else { return nil }
    self = byte
  }
}

extension UInt16: WireInteger {
  package init?(wireBytes bytes: ArraySlice<UInt8>) {
    guard let value = UInt16(bigEndianBytes: bytes) else { return nil }
    self = UInt16(bigEndian: value)
  }

  package init?(bigEndianBytes bytes: ArraySlice<UInt8>) {
    guard bytes.count == 2 else { return nil }
    let start = bytes.startIndex
    self = UInt16(bytes[start]) << 8 | UInt16(bytes[start + 1])
  }
}

extension UInt32: WireInteger {
  package init?(wireBytes bytes: ArraySlice<UInt8>) {
    guard let value = UInt32(bigEndianBytes: bytes) else { return nil }
    self = UInt32(bigEndian: value)
  }

  package init?(bigEndianBytes bytes: ArraySlice<UInt8>) {
    guard bytes.count == 4 else { return nil }
    var value: UInt32 = 0
    for byte in bytes { value = value << 8 | UInt32(byte) }
    self = value
  }
}

extension UInt64: WireInteger {
  package init?(wireBytes bytes: ArraySlice<UInt8>) {
    guard let value = UInt64(bigEndianBytes: bytes) else { return nil }
    self = UInt64(bigEndian: value)
  }

  package init?(bigEndianBytes bytes: ArraySlice<UInt8>) {
    guard bytes.count == 8 else { return nil }
    var value: UInt64 = 0
    for byte in bytes { value = value << 8 | UInt64(byte) }
    self = value
  }
}

extension Int32: WireInteger {
  package init?(wireBytes bytes: ArraySlice<UInt8>) {
    guard let value = UInt32(wireBytes: bytes) else { return nil }
    self = Int32(bitPattern: value)
  }

  package init?(bigEndianBytes bytes: ArraySlice<UInt8>) {
    guard let value = UInt32(bigEndianBytes: bytes) else { return nil }
    self = Int32(bitPattern: value)
  }
}
