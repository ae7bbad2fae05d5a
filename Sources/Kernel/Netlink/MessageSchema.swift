/// The name of a message type and how to display it.
package struct MessageSchema: Sendable {
  let name: String
  let headerLength: Int
  let header: @Sendable (inout FieldReader) -> String?
  let attributes: [UInt16: AttributeSchema]

  /// Takes the name, the length of the fixed header, the function that formats it (nil to show
  /// nothing), and the attributes after it by type.
  package init(
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
