/// A text cut at its first `=`.
public struct KeyValue: Hashable, Sendable {
  /// What stands before the `=`, everything if there is none.
  public let key: String
  /// What stands behind it.
  public let value: String
  /// Whether there was a `=` at all.
  public let isPair: Bool

  /// Cuts a text; one without `=` is a key with an empty value.
  public init(cutting text: String) {
    let bytes = text.utf8
    guard let separator = bytes.firstIndex(of: UInt8(ascii: "=")) else {
      self.init(key: text, value: "", isPair: false)
      return
    }
    self.init(
      key: String(text[..<separator]), value: String(text[bytes.index(after: separator)...]),
      isPair: true)
  }

  /// The same without white space around key and value.
  public var trimmed: KeyValue {
    KeyValue(
      key: key.trimmingWhitespace(), value: value.trimmingWhitespace(), isPair: isPair)
  }

  private init(key: String, value: String, isPair: Bool) {
    self.key = key
    self.value = value
    self.isPair = isPair
  }
}
