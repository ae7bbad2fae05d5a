/// A message received from the kernel.
package struct NetlinkMessage: Sendable {
  /// The message type.
  package let type: UInt16

  /// The flags of the header.
  package let flags: MessageFlags

  /// The sequence number of the request that this answers.
  package let sequence: UInt32

  /// The port ID of the socket whose request this answers or that caused this event.
  package let port: UInt32

  /// What follows the header, as a view of the received bytes.
  package let payload: ArraySlice<UInt8>

  /// A reader for the fixed header at the start of the payload.
  package var fields: FieldReader {
    FieldReader(payload)
  }

  /// The attributes after a fixed header of the given length.
  package func attributes(after headerLength: Int) -> AttributeSequence {
    AttributeSequence(payload.dropFirst(Wire.aligned(headerLength)))
  }
}
