import PFlag

/// `netctl __complete WORD...`, which the completion scripts of shells call: what can stand in the
/// place of the last word.
///
/// Each line of output is a word and what it is, with a tab between them. A word that ends with `=`
/// or `:` is not complete. A line without a word says who else knows some: `files`. Whatever goes
/// wrong, there is nothing to offer, and nothing is said about it.
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
      lines += "\(point.attached)\(candidate.word)\t\(Printable.text(candidate.summary))\n"
    }
    if completer.wantsFiles { lines += "\tfiles\n" }
    context.output.write(Array(lines.utf8))
    return ExitStatus.success
  }
}
