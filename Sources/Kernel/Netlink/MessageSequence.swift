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
    let start = rest.startIndex
    guard rest.count >= Wire.headerLength, case let length = Int(rest.number32(at: start)),
      length >= Wire.headerLength, length <= rest.count
    else {
      if !rest.isEmpty { isTruncated = true }
      rest = []
      return nil
    }
    let message = NetlinkMessage(
      type: rest.number16(at: start + 4),
      flags: MessageFlags(rawValue: rest.number16(at: start + 6)),
      sequence: rest.number32(at: start + 8), port: rest.number32(at: start + 12),
      payload: rest[start + Wire.headerLength..<start + length])
    rest = rest[Swift.min(start + Wire.aligned(length), rest.endIndex)...]
    return message
  }
}
