/// One message that the kernel sent.
public struct NetlinkMessage: Sendable {
  /// What kind of message this is.
  public let type: UInt16

  /// The flags of the header.
  public let flags: MessageFlags

  /// The number of the request that this answers.
  public let sequence: UInt32

  /// The address of the socket whose request this answers or that caused this event.
  public let port: UInt32

  /// What follows the header, a view of the received bytes.
  public let payload: ArraySlice<UInt8>

  /// A reader for the fixed header at the start of the payload.
  public var fields: FieldReader {
    FieldReader(payload)
  }

  /// The attributes behind a fixed header of the given length.
  public func attributes(after headerLength: Int) -> AttributeSequence {
    AttributeSequence(payload.dropFirst(Wire.aligned(headerLength)))
  }
}

/// A walk over received messages that ends at the first one that does not fit the bytes.
public struct MessageSequence: Sequence, IteratorProtocol, Sendable {
  private var rest: ArraySlice<UInt8>

  /// Walks the messages that start at the first of `bytes`, without copying them.
  public init(_ bytes: ArraySlice<UInt8>) {
    rest = bytes
  }

  /// The next message, or nil at the end.
  public mutating func next() -> NetlinkMessage? {
    var header = FieldReader(rest)
    guard let length = header.next(UInt32.self), let type = header.next(UInt16.self),
      let flags = header.next(UInt16.self), let sequence = header.next(UInt32.self),
      let port = header.next(UInt32.self),
      Int(length) >= Wire.headerLength, Int(length) <= rest.count
    else {
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
