/// One attribute of a netlink message; values of the wrong width read as nil.
package struct Attribute: Sendable {
  /// The attribute type, without the flags for nesting and byte order.
  package let type: UInt16

  /// Whether NLA_F_NESTED is set; the kernel does not set it everywhere.
  package let isNested: Bool

  /// The value, a view of the message.
  package let payload: ArraySlice<UInt8>

  /// The value as an integer in the host's byte order.
  package func integer<Value: WireInteger>(_: Value.Type = Value.self) -> Value? {
    Value(wireBytes: payload)
  }

  /// The value as an integer in network byte order.
  package func bigEndian<Value: WireInteger>(_: Value.Type = Value.self) -> Value? {
    Value(bigEndianBytes: payload)
  }

  /// The value as a string up to its first NUL; invalid UTF-8 is replaced.
  package var string: String {
    String(decoding: payload.prefix { $0 != 0 }, as: UTF8.self)
  }

  /// The attributes inside this one.
  package var attributes: AttributeSequence {
    AttributeSequence(payload)
  }
}
