extension String {
  /// Whether `text` occurs in this string, byte by byte. The standard library's search would link
  /// its regular expressions.
  package func hasBytes(of text: String) -> Bool {
    let (bytes, sought) = (Array(utf8), Array(text.utf8))
    guard bytes.count >= sought.count else { return false }
    return (0...bytes.count - sought.count).contains { bytes[$0...].starts(with: sought) }
  }
}
