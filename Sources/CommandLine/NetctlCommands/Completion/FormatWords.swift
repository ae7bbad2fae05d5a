import PFlag
import Presentation

/// Formats as words: those that have a name, and placeholders once one is begun.
struct FormatWords {
  let typed: String

  func candidates(for kind: WordKind) -> [Candidate] {
    let isList = kind == .listFormat
    let names =
      [Candidate("json", isList ? "An object in each line" : "An array on one line")]
      + (isList ? [Candidate("table", "A table, or with a template a table of one's own")] : [])
    let placeholders = isList ? NetworkListFormat.placeholders : InspectOutput.placeholders
    guard let before = textBeforeAction else { return names }
    return names + placeholders.map { Candidate("\(before){{.\($0)}}") }
  }

  /// What stands before the action that is being typed; nil where none is.
  private var textBeforeAction: String? {
    guard let brace = typed.lastIndex(of: "{") else { return typed.isEmpty ? "" : nil }
    if typed[brace...].contains("}") { return nil }
    var start = brace
    while start > typed.startIndex, typed[typed.index(before: start)] == "{" {
      start = typed.index(before: start)
    }
    return String(typed[..<start])
  }
}
