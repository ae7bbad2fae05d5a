import NIOCore

/// Messages on TCP, each behind its length in two bytes (RFC 1035, 4.2.2).
struct MessageFrameDecoder: NIOSingleStepByteToMessageDecoder {
  typealias InboundOut = [UInt8]

  mutating func decode(buffer: inout ByteBuffer) -> [UInt8]? {
    guard let length: UInt16 = buffer.getInteger(at: buffer.readerIndex),
      buffer.readableBytes >= 2 + Int(length)
    else { return nil }
    buffer.moveReaderIndex(forwardBy: 2)
    return buffer.readBytes(length: Int(length))
  }

  mutating func decodeLast(buffer: inout ByteBuffer, seenEOF: Bool) -> [UInt8]? {
    decode(buffer: &buffer)
  }
}

extension ByteBuffer {
  /// A message behind its length.
  init(frame message: [UInt8]) {
    self.init()
    writeInteger(UInt16(clamping: message.count))
    writeBytes(message.prefix(Int(UInt16.max)))
  }
}
