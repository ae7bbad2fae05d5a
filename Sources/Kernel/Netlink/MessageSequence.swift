/// Iterates over received messages; ends at the first that exceeds the remaining bytes.
package struct MessageSequence: Sequence, IteratorProtocol, Sendable {
  private var rest: ArraySlice<UInt8>
  /// Whether iteration ended at a truncated message.
  private(set) var isTruncated = false

  /// Iterates over the messages at the start of `bytes`, without copying them.
  package init(_ bytes: ArraySlice<UInt8>) {
    rest = bytes
  }

  /// The next message, or nil at the end.
  package mutating func next() -> NetlinkMessage? {
    var header = FieldReader(rest)
    guard let length = header.next(UInt32.self), let type = header.next(UInt16.self),
      let flags = header.next(UInt16.self), let sequence = header.next(UInt32.self),
      let port = header.next(UInt32.self),
      Int(length) >= Wire.headerLength, Int(length) <= rest.count
    else {
      if !rest.isEmpty { isTruncated = true }
      rest = []
      return nil
    }
    let payload = rest.prefix(Int(length)).dropFirst(Wire.headerLength)
    rest = rest.dropFirst(Wire.aligned(Int(length)))
    return NetlinkMessage(
      type: type, flags: MessageFlags(rawValue: flags), sequence: sequence, port: port,
      payload: payload)
  }
}
