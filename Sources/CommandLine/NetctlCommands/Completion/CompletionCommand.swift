import PFlag
import Presentation

/// `netctl __complete WORD...`, called by the shells' completion scripts: completes the last word.
///
/// Each line of output is a word and a description, separated by a tab. A word that ends in `=` or
/// `:` is incomplete. A line without a word names another source of completions: `files`. On any
/// error it prints nothing.
struct CompletionCommand {
  static let name = "__complete"

  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  func run(_ words: [String]) -> Int32 {
    let point = NetctlSyntax.program.completionPoint(words)
    let completer = Completer(point: point, context: context)
    var lines = ""
    for candidate in completer.candidates() {
      lines += "\(point.attached)\(candidate.word)\t\(TerminalText.escaped(candidate.summary))\n"
    }
    if completer.wantsFiles { lines += "\tfiles\n" }
    context.output.write(Array(lines.utf8))
    return ExitStatus.success
  }
}
