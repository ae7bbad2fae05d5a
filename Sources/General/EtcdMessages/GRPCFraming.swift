/// The messages of a gRPC stream, each behind five bytes: whether it is compressed, and its length.
package struct GRPCDeframer: Sendable {
  private var received: [UInt8] = []
  private let limit: Int

  /// The bytes before each message.
  static let prefixSize = 5

  /// Starts before the first byte; accepts messages of at most `limit` bytes.
  package init(limit: Int) { self.limit = limit }

  /// Takes the next bytes of the stream.
  package mutating func append(_ bytes: some Collection<UInt8>) {
    received.append(contentsOf: bytes)
  }

  /// Whether a message has begun and not ended.
  package var isWithinMessage: Bool { !received.isEmpty }

  /// Removes the next message from what was received; nil while it is not complete.
  package mutating func next() throws(EtcdMessageError) -> [UInt8]? {
    guard received.count >= Self.prefixSize else { return nil }
    guard received[0] == 0 else { throw .compressed }
    let length = received[1..<Self.prefixSize].reduce(0) { $0 << 8 | Int($1) }
    guard length <= limit else { throw .tooLong }
    let end = Self.prefixSize + length
    guard received.count >= end else { return nil }
    defer { received.removeFirst(end) }
    return Array(received[Self.prefixSize..<end])
  }
}

/// A message as it is sent.
package enum GRPCFrame {
  /// The message behind its length.
  package static func bytes(_ message: [UInt8]) -> [UInt8] {
    let length = UInt32(clamping: message.count)
    let prefix = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) }
    return [0] + prefix + message
  }
}
