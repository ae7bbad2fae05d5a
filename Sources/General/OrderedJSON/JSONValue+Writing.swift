extension JSONValue {
  /// Writes the value as Go's encoding/json does, without a final newline.
  ///
  /// - Parameters:
  ///   - layout: whether it has lines and indents.
  ///   - escapingHTML: whether `<`, `>` and `&` become `\u003c`, `\u003e` and `\u0026`.
  package func bytes(_ layout: JSONLayout = .compact, escapingHTML: Bool = false) -> [UInt8] {
    var writer = JSONWriter(layout: layout, escapingHTML: escapingHTML)
    writer.write(self)
    return writer.bytes
  }

  /// Writes the value as Go's encoding/json does, without a final newline.
  ///
  /// - Parameters:
  ///   - layout: whether it has lines and indents.
  ///   - escapingHTML: whether `<`, `>` and `&` become `\u003c`, `\u003e` and `\u0026`.
  package func text(_ layout: JSONLayout = .compact, escapingHTML: Bool = false) -> String {
    String(decoding: bytes(layout, escapingHTML: escapingHTML), as: UTF8.self)
  }
}
