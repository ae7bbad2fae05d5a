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
