import PFlag
import Presentation

/// Formats as words: those that have a name, and placeholders once one is begun.
struct FormatWords {
  let typed: String

  func candidates(for kind: WordKind) -> [Candidate] {
    let names = names(of: kind)
    guard let start = startOfAction else { return names }
    // What is inside another comes once that one is typed.
    let depth = max(1, typed[start...].count { $0 == "." })
    let placeholders = placeholders(of: kind).filter { name in
      name.split(separator: ".").count == depth
    }
    return names + placeholders.map { Candidate("\(typed[..<start]){{.\($0)}}") }
  }

  private func names(of kind: WordKind) -> [Candidate] {
    switch kind {
    case .listFormat:
      [
        Candidate("json", "An object in each line"),
        Candidate("table", "A table, or with a template a table of one's own"),
      ]
    case .inspectFormat: [Candidate("json", "An array on one line")]
    default: [Candidate("json", "An object on one line")]
    }
  }

  private func placeholders(of kind: WordKind) -> [String] {
    switch kind {
    case .listFormat: NetworkListFormat.placeholders
    case .inspectFormat: InspectOutput.placeholders
    default: VersionFormat.placeholders
    }
  }

  /// Where the action begins that is being typed, or can be; nil where none is.
  private var startOfAction: String.Index? {
    guard let brace = typed.lastIndex(of: "{") else {
      return typed.isEmpty ? typed.startIndex : nil
    }
    if typed[brace...].contains("}") { return nil }
    var start = brace
    while start > typed.startIndex, typed[typed.index(before: start)] == "{" {
      start = typed.index(before: start)
    }
    return start
  }
}
