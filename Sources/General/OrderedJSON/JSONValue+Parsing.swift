extension JSONValue {
  /// Parses an RFC 8259 document; duplicate names are an error.
  package init(parsing bytes: Span<UInt8>) throws(JSONSyntaxError) {
    var parser = JSONParser()
    self = try parser.parseDocument(in: bytes)
  }

  /// Parses an RFC 8259 document; duplicate names are an error.
  package init(parsing bytes: [UInt8]) throws(JSONSyntaxError) {
    try self.init(parsing: bytes.span)
  }

  /// Parses an RFC 8259 document; duplicate names are an error.
  package init(parsing text: String) throws(JSONSyntaxError) {
    try self.init(parsing: Array(text.utf8))
  }
}
