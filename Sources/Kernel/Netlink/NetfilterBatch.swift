import CLinux

/// nftables changes between the begin and end messages of a transaction.
package struct NetfilterBatch: Sendable {
  private var writer = MessageWriter()
  private let firstSequence: UInt32
  private var count: UInt32 = 0
  private var lastStart = 0
  private var lastFlags: MessageFlags = .request

  init(firstSequence: UInt32) {
    self.firstSequence = firstSequence
    writer.message(
      UInt16(NFNL_MSG_BATCH_BEGIN), flags: .request, sequence: firstSequence, Self.writeMark)
  }

  /// Whether there is nothing to commit.
  package var isEmpty: Bool { count == 0 }

  /// Appends a change to objects of `family`; `type` is a type within the nftables subsystem.
  package mutating func append<Failure: Error>(
    _ type: UInt16, family: UInt8, flags: MessageFlags = MessageFlags(),
    _ body: (inout MessageWriter) throws(Failure) -> Void
  ) throws(Failure) {
    count += 1
    lastStart = writer.bytes.count
    lastFlags = flags.union(.request)
    try writer.message(
      UInt16(NFNL_SUBSYS_NFTABLES) << 8 | type, flags: lastFlags, sequence: firstSequence &+ count
    ) { writer throws(Failure) in
      writer.appendNetfilterHeader(family: family)
      try body(&writer)
    }
  }

  var lastSequence: UInt32 { firstSequence &+ count &+ 1 }

  /// Closes the batch. Only its last change requests an acknowledgement: one for each of many
  /// changes would overflow the socket.
  mutating func finish() -> MessageWriter {
    writer.overwriteFlags(lastFlags.union(.acknowledge), ofMessageAt: lastStart)
    writer.message(
      UInt16(NFNL_MSG_BATCH_END), flags: .request, sequence: lastSequence, Self.writeMark)
    return writer
  }

  func contains(_ sequence: UInt32) -> Bool {
    sequence &- firstSequence <= count &+ 1
  }

  /// The position of a change; nil for the begin and end messages.
  func index(of sequence: UInt32) -> Int? {
    let distance = sequence &- firstSequence
    return 1...count ~= distance ? Int(distance) - 1 : nil
  }

  private static func writeMark(_ writer: inout MessageWriter) {
    writer.append(UInt8(AF_UNSPEC))
    writer.append(UInt8(NFNETLINK_V0))
    writer.append(bigEndian: UInt16(NFNL_SUBSYS_NFTABLES))
  }
}
