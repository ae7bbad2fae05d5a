/// How messages of one type are called and shown.
public struct MessageSchema: Sendable {
  let name: String
  let headerLength: Int
  let header: @Sendable (inout FieldReader) -> String?
  let attributes: [UInt16: AttributeSchema]

  /// Takes the name, the length of the fixed header, what shows it (nil when nothing is to be
  /// said), and the attributes behind it by number.
  public init(
    _ name: String, headerLength: Int,
    header: @escaping @Sendable (inout FieldReader) -> String?,
    attributes: [UInt16: AttributeSchema]
  ) {
    self.name = name
    self.headerLength = headerLength
    self.header = header
    self.attributes = attributes
  }

  func describe(_ message: NetlinkMessage) -> String {
    var fields = message.fields
    let parts = [
      header(&fields),
      AttributeSchema.describe(message.attributes(after: headerLength), by: attributes),
    ]
    return parts.compactMap { $0?.isEmpty == false ? $0 : nil }.joined(separator: ", ")
  }
}
