/// A string split at its first `=`.
package struct KeyValue: Hashable, Sendable {
  /// The part before the `=`; everything if there is none.
  package let key: String
  /// The part after it.
  package let value: String
  /// Whether there was a `=` at all.
  package let isPair: Bool

  /// Splits a string; one without `=` is a key with an empty value.
  package init(cutting text: String) {
    let bytes = text.utf8
    guard let separator = bytes.firstIndex(of: UInt8(ascii: "=")) else {
      self.init(key: text, value: "", isPair: false)
      return
    }
    self.init(
      key: String(text[..<separator]), value: String(text[bytes.index(after: separator)...]),
      isPair: true)
  }

  /// The same with white space around key and value trimmed.
  package var trimmed: KeyValue {
    KeyValue(
      key: key.trimmingWhitespace(), value: value.trimmingWhitespace(), isPair: isPair)
  }

  private init(key: String, value: String, isPair: Bool) {
    self.key = key
    self.value = value
    self.isPair = isPair
  }
}
