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
  private let line: TransientLine
  private var due: Timestamp

  /// Nanoseconds before the line appears.
  private static let delay: Int64 = 250_000_000
  /// Nanoseconds between updates.
  private static let interval: Int64 = 100_000_000

  init(_ verb: String, count: Int, _ context: CommandContext) {
    self.verb = verb
    self.count = count
    self.context = context
    line = TransientLine(context)
    due = context.now().advanced(by: Self.delay)
  }

  /// Updates the line for this many completed networks.
  mutating func show(_ done: Int) {
    guard context.errorColumns != nil else { return }
    let now = context.now()
    guard now >= due else { return }
    due = now.advanced(by: Self.interval)
    line.show("\(verb) networks: \(done) of \(count)")
  }

  /// Erases the line.
  func clear() { line.clear() }
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
