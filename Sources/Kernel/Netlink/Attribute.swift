/// One attribute of a netlink message; wrong widths read as nil.
public struct Attribute: Sendable {
  /// The number of the attribute, without the marks for nesting and byte order.
  public let type: UInt16

  /// Whether it is marked as one that holds others; the kernel leaves the mark out at places.
  public let isNested: Bool

  /// The value, a view of the message.
  public let payload: ArraySlice<UInt8>

  /// The value as an integer in the host's byte order.
  public func integer<Value: WireInteger>(_: Value.Type = Value.self) -> Value? {
    Value(wireBytes: payload)
  }

  /// The value as an integer in network byte order.
  public func bigEndian<Value: WireInteger>(_: Value.Type = Value.self) -> Value? {
    Value(wireBytes: payload).map(Value.init(bigEndian:))
  }

  /// The value as text up to its first NUL; bytes that are not UTF-8 are replaced.
  public var string: String {
    String(decoding: payload.prefix { $0 != 0 }, as: UTF8.self)
  }

  /// The attributes inside this one.
  public var attributes: AttributeSequence {
    AttributeSequence(payload)
  }
}
