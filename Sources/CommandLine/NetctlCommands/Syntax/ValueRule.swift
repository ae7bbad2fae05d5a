import PFlag

/// Validation of flag values, with Docker's error messages.
enum ValueRule {
  /// A label: a key without blanks, optionally followed by `=` and any value.
  ///
  /// Leading blanks are accepted and kept.
  @Sendable
  static func label(_ text: String) throws(ConversionError) -> String {
    let typedKey = KeyValue(cutting: text).key.unicodeScalars
    let key = typedKey.drop(while: isBlank)
    if key.isEmpty { throw .rejected(reason: "invalid label '\(text)': empty name") }
    if key.contains(where: isBlank) {
      throw .rejected(reason: "label '\(String(Substring(key)))' contains whitespaces")
    }
    return text
  }

  /// A link: a container, optionally followed by `:` and an alias.
  @Sendable
  static func link(_ text: String) throws(ConversionError) -> String {
    if text.isEmpty { throw .rejected(reason: "empty string specified for links") }
    if text.utf8.count(where: { $0 == UInt8(ascii: ":") }) > 1 {
      throw .rejected(reason: "bad format for links: \(text)")
    }
    return text
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t"
  }
}
