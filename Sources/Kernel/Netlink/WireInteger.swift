/// An integer of fixed width, as used in netlink messages.
package protocol WireInteger: FixedWidthInteger & Sendable {
  /// An integer in the host's byte order; nil unless the length matches exactly.
  init?(wireBytes bytes: ArraySlice<UInt8>)
  /// An integer in network byte order; nil unless the length matches exactly.
  init?(bigEndianBytes bytes: ArraySlice<UInt8>)
}

// Headers are read without slices of their fields: a host with many networks has many thousands.
extension ArraySlice<UInt8> {
  /// The number in the host's byte order in the two bytes at an index, which have to be there.
  @inline(__always)
  func number16(at index: Int) -> UInt16 {
    UInt16(bigEndian: UInt16(self[index]) << 8 | UInt16(self[index + 1]))
  }

  /// The same of four bytes.
  @inline(__always)
  func number32(at index: Int) -> UInt32 {
    let (first, second) = (UInt32(self[index]), UInt32(self[index + 1]))
    let (third, fourth) = (UInt32(self[index + 2]), UInt32(self[index + 3]))
    return UInt32(bigEndian: first << 24 | second << 16 | third << 8 | fourth)
  }
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
