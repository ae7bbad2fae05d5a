/// A request of HTTP/1.1 (RFC 9112) that asks the server to close the connection afterwards.
package struct HTTPRequest: Sendable {
  /// The method.
  package enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case delete = "DELETE"
  }

  /// What is asked of the target.
  package let method: Method
  /// The path and query: visible ASCII characters that begin with a slash.
  package let target: String
  /// Fields besides those of the connection and the body.
  package let fields: [HTTPField]
  /// The body; nil for none.
  package let body: [UInt8]?

  /// Creates a request; nil if the target or a field contains characters that it must not, such as
  /// a line end, or blanks in the target.
  package init?(
    _ method: Method, _ target: String, fields: [HTTPField] = [], body: [UInt8]? = nil
  ) {
    guard target.utf8.first == UInt8(ascii: "/"),
      target.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
      fields.allSatisfy(\.isValid)
    else { return nil }
    self.method = method
    self.target = target
    self.fields = fields
    self.body = body
  }

  /// The message as it is sent. Local sockets have no host names, so the host is `localhost`.
  package var bytes: [UInt8] {
    var fields = [HTTPField("Host", "localhost"), HTTPField("Connection", "close")] + self.fields
    if let body { fields.append(HTTPField("Content-Length", "\(body.count)")) }
    let head =
      "\(method.rawValue) \(target) HTTP/1.1\r\n"
      + fields.map { "\($0.name): \($0.value)\r\n" }.joined() + "\r\n"
    return Array(head.utf8) + (body ?? [])
  }
}

/// A field of a message's head.
package struct HTTPField: Sendable {
  /// The name, which is compared without regard to case.
  package let name: String
  package let value: String

  /// Takes both.
  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// Whether the name is a token, and the value contains no control characters.
  var isValid: Bool {
    Self.isToken(name.utf8) && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }
  }

  /// Whether bytes are a token (RFC 9110, section 5.6.2).
  static func isToken(_ bytes: some Sequence<UInt8>) -> Bool {
    var isEmpty = true
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        break
      default: if !"!#$%&'*+-.^_`|~".utf8.contains(byte) { return false }
      }
      isEmpty = false
    }
    return !isEmpty
  }
}
