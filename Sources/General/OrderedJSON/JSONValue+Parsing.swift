extension JSONValue {
  /// Reads one document of RFC 8259; two members of one name are an error.
  public init(parsing bytes: Span<UInt8>) throws(JSONSyntaxError) {
    var parser = JSONParser()
    self = try parser.parseDocument(in: bytes)
  }

  /// Reads one document of RFC 8259; two members of one name are an error.
  public init(parsing bytes: [UInt8]) throws(JSONSyntaxError) {
    try self.init(parsing: bytes.span)
  }

  /// Reads one document of RFC 8259; two members of one name are an error.
  public init(parsing text: String) throws(JSONSyntaxError) {
    try self.init(parsing: Array(text.utf8))
  }
}
