/// A line on the terminal of standard error that is overwritten, and erased at the end.
final class TransientLine {
  private let context: CommandContext
  private var shownColumns = 0

  init(_ context: CommandContext) {
    self.context = context
  }

  /// Replaces the line.
  func show(_ text: String) {
    guard let columns = context.errorColumns else { return }
    // A full line would wrap, and could not be overwritten.
    let text = text.prefix(max(0, columns - 1))
    let padding = String(repeating: " ", count: max(0, shownColumns - text.count))
    context.errors.write(Array("\r\(text)\(padding)".utf8))
    shownColumns = text.count
  }

  /// Erases the line.
  func clear() {
    guard shownColumns > 0 else { return }
    let blank = String(repeating: " ", count: shownColumns)
    context.errors.write(Array("\r\(blank)\r".utf8))
    shownColumns = 0
  }
}
