import NetworkModel
import NetworkService

/// A progress line for interactive terminals.
///
/// Short operations do not show it, and it is erased at the end, so that the terminal finally shows
/// the same as a pipe.
struct ProgressLine {
  private let verb: String
  private let count: Int
  private let context: CommandContext
  private var due: Timestamp
  private var shownColumns = 0

  /// Nanoseconds before the line appears.
  private static let delay: Int64 = 250_000_000
  /// Nanoseconds between updates.
  private static let interval: Int64 = 100_000_000

  init(_ verb: String, count: Int, _ context: CommandContext) {
    self.verb = verb
    self.count = count
    self.context = context
    due = context.now().advanced(by: Self.delay)
  }

  /// Updates the line for this many completed networks.
  mutating func show(_ done: Int) {
    guard let columns = context.errorColumns else { return }
    let now = context.now()
    guard now >= due else { return }
    due = now.advanced(by: Self.interval)
    // A full line would wrap, and could not be overwritten.
    let text = "\(verb) networks: \(done) of \(count)".prefix(max(0, columns - 1))
    let padding = String(repeating: " ", count: max(0, shownColumns - text.count))
    context.errors.write(Array("\r\(text)\(padding)".utf8))
    shownColumns = text.count
  }

  /// Erases the line.
  mutating func clear() {
    guard shownColumns > 0 else { return }
    let blank = String(repeating: " ", count: shownColumns)
    context.errors.write(Array("\r\(blank)\r".utf8))
    shownColumns = 0
  }
}

extension CommandContext {
  /// Runs a batch operation to its end, with a progress line.
  func run(
    _ operation: inout some BatchOperation & ~Copyable, progressTitle: String
  ) {
    var line = ProgressLine(progressTitle, count: operation.count, self)
    var done = 0
    while operation.next() {
      done += 1
      line.show(done)
    }
    line.clear()
  }
}
