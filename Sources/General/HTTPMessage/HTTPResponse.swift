/// A response, complete with its body.
package struct HTTPResponse: Sendable {
  /// The status code, from 200 to 999.
  package let status: Int
  /// The fields in order.
  package let fields: [HTTPField]
  /// The body; empty if it has none.
  package let body: [UInt8]

  package init(status: Int, fields: [HTTPField], body: [UInt8]) {
    self.status = status
    self.fields = fields
    self.body = body
  }

  /// The value of the first field with a name.
  package func value(_ name: String) -> String? { fields.value(name) }
}

extension [HTTPField] {
  func values(_ name: String) -> [String] {
    let name = name.lowercased()
    return filter { $0.name.lowercased() == name }.map(\.value)
  }

  func value(_ name: String) -> String? { values(name).first }
}

/// Why bytes are not a response, or not one that is accepted.
public enum HTTPMessageError: Error, Hashable, Sendable {
  /// The status line is malformed, or of another version than HTTP/1.x.
  case statusLine
  /// A field is malformed.
  case field
  /// The length of the body is malformed, or given in contradictory ways.
  case bodyLength
  /// A chunk of the body is malformed.
  case chunk
  /// The head, or the lines around the chunks, are longer than accepted.
  case headTooLong
  /// The body is longer than accepted.
  case bodyTooLong
  /// The stream ended within the message.
  case truncated
}
