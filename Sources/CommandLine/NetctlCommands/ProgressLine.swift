import NetworkModel
import NetworkService

/// A line that tells how far long work is, for a person at a terminal.
///
/// Short work does not show it, and nothing of it is left when the work is done: what stays on the
/// terminal is what a pipe would have got.
struct ProgressLine {
  private let verb: String
  private let count: Int
  private let context: CommandContext
  private var due: Timestamp
  private var shownColumns = 0

  /// Nanoseconds of work before the line appears.
  private static let patience: Int64 = 250_000_000
  /// Nanoseconds between two changes of it.
  private static let interval: Int64 = 100_000_000

  init(_ verb: String, count: Int, _ context: CommandContext) {
    self.verb = verb
    self.count = count
    self.context = context
    due = context.now().advanced(by: Self.patience)
  }

  /// Says that so many networks are done.
  mutating func show(_ done: Int) {
    guard let columns = context.errorColumns else { return }
    let now = context.now()
    guard now >= due else { return }
    due = now.advanced(by: Self.interval)
    // A full line would go on in the next, from which there is no way back.
    let text = "\(verb) networks: \(done) of \(count)".prefix(max(0, columns - 1))
    let padding = String(repeating: " ", count: max(0, shownColumns - text.count))
    context.errors.write(Array("\r\(text)\(padding)".utf8))
    shownColumns = text.count
  }

  /// Takes the line off the terminal.
  mutating func clear() {
    guard shownColumns > 0 else { return }
    let blank = String(repeating: " ", count: shownColumns)
    context.errors.write(Array("\r\(blank)\r".utf8))
    shownColumns = 0
  }
}

extension CommandContext {
  /// Takes all steps of work, and shows how far it is.
  func carryOut(_ work: inout some SteppedWork & ~Copyable, _ verb: String) {
    var line = ProgressLine(verb, count: work.count, self)
    var done = 0
    while work.next() {
      done += 1
      line.show(done)
    }
    line.clear()
  }
}
