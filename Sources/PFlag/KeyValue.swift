/// A text cut at its first `=`.
struct KeyValue: Equatable, Sendable {
  let key: String
  let value: String
  /// Whether there was a `=` at all.
  let isPair: Bool

  init(cutting text: String) {
    let bytes = text.utf8
    guard let separator = bytes.firstIndex(of: UInt8(ascii: "=")) else {
      self.init(key: text, value: "", isPair: false)
      return
    }
    self.init(
      key: String(text[..<separator]), value: String(text[bytes.index(after: separator)...]),
      isPair: true)
  }

  private init(key: String, value: String, isPair: Bool) {
    self.key = key
    self.value = value
    self.isPair = isPair
  }
}
