/// The fields of a protobuf message, one after the other.
struct ProtobufReader {
  /// A field's number and value.
  struct Field {
    let number: UInt64
    let value: Value
  }

  enum Value {
    case varint(UInt64)
    case bytes(ArraySlice<UInt8>)
    /// Eight or four bytes, which no message of etcd's uses.
    case fixed
  }

  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// The next field; nil at the end.
  mutating func next() throws(EtcdMessageError) -> Field? {
    if rest.isEmpty { return nil }
    let tag = try varint()
    let number = tag >> 3
    guard number > 0, number < 1 << 29 else { throw .malformed }
    switch tag & 7 {
    case 0: return Field(number: number, value: .varint(try varint()))
    case 1:
      _ = try take(8)
      return Field(number: number, value: .fixed)
    case 2:
      guard let length = Int(exactly: try varint()) else { throw .truncated }
      return Field(number: number, value: .bytes(try take(length)))
    case 5:
      _ = try take(4)
      return Field(number: number, value: .fixed)
    // Groups ended with protobuf 2.
    default: throw .malformed
    }
  }

  private mutating func varint() throws(EtcdMessageError) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = rest.popFirst() else { throw .truncated }
      if shift == 63, byte > 1 { throw .malformed }
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
    }
    throw .malformed
  }

  private mutating func take(_ count: Int) throws(EtcdMessageError) -> ArraySlice<UInt8> {
    guard count <= rest.count else { throw .truncated }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}

extension ProtobufReader.Field {
  /// The value of a field of type int64.
  var integer: Int64 {
    get throws(EtcdMessageError) { Int64(bitPattern: try natural) }
  }

  /// The value of a field of type uint64, or of an enumeration.
  var natural: UInt64 {
    get throws(EtcdMessageError) {
      guard case .varint(let value) = value else { throw .malformed }
      return value
    }
  }

  /// The value of a field of type bool.
  var bool: Bool {
    get throws(EtcdMessageError) { try natural != 0 }
  }

  /// The value of a field of type bytes, or the bytes of a nested message.
  var bytes: ArraySlice<UInt8> {
    get throws(EtcdMessageError) {
      guard case .bytes(let bytes) = value else { throw .malformed }
      return bytes
    }
  }

  /// The value of a field of type string.
  var string: String {
    get throws(EtcdMessageError) { String(decoding: try bytes, as: UTF8.self) }
  }
}

/// Why bytes are not a message of etcd's.
package enum EtcdMessageError: Error, Hashable, Sendable {
  /// The bytes end within a field.
  case truncated
  /// A field cannot be read, or has another type than it should.
  case malformed
  /// A message is longer than accepted.
  case tooLong
  /// A message is compressed, which was not offered.
  case compressed
}

/// Fields of protobuf messages. Values that are 0 or empty are left out, as protobuf 3 does.
extension [UInt8] {
  mutating func append(_ number: UInt64, _ value: Int64) {
    if value != 0 { append(oneof: number, value) }
  }

  mutating func append(_ number: UInt64, _ value: Bool) {
    if value { append(oneof: number, 1) }
  }

  mutating func append(_ number: UInt64, _ bytes: [UInt8]) {
    if !bytes.isEmpty { append(message: number, bytes) }
  }

  /// One of several fields of which exactly one is there, even if it is 0.
  mutating func append(oneof number: UInt64, _ value: Int64) {
    append(varint: number << 3)
    append(varint: UInt64(bitPattern: value))
  }

  /// A nested message, which is there even if it is empty.
  mutating func append(message number: UInt64, _ bytes: [UInt8]) {
    append(varint: number << 3 | 2)
    append(varint: UInt64(bytes.count))
    append(contentsOf: bytes)
  }

  private mutating func append(varint value: UInt64) {
    var value = value
    while value >= 0x80 {
      append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    append(UInt8(truncatingIfNeeded: value))
  }
}
