import PFlag
import Presentation

/// Completions of formats: named ones, and placeholders once one is started.
struct FormatCompletions {
  let typed: String

  func candidates(for kind: CompletionKind) -> [Candidate] {
    let names = names(of: kind)
    guard let start = startOfAction else { return names }
    // Nested placeholders are offered once the outer one is typed.
    let depth = max(1, typed[start...].count { $0 == "." })
    let placeholders = placeholders(of: kind).filter { name in
      name.split(separator: ".").count == depth
    }
    return names + placeholders.map { Candidate("\(typed[..<start]){{.\($0)}}") }
  }

  private func names(of kind: CompletionKind) -> [Candidate] {
    switch kind {
    case .listFormat, .leaseListFormat, .containerListFormat, .configurationFormat:
      [
        Candidate("json", "One object per line"),
        Candidate("table", "A table, or with a template a custom table"),
      ]
    case .inspectFormat, .containerFormat: [Candidate("json", "An array on one line")]
    default: [Candidate("json", "An object on one line")]
    }
  }

  private func placeholders(of kind: CompletionKind) -> [String] {
    switch kind {
    case .listFormat: NetworkListFormat.placeholders
    case .leaseListFormat: LeaseListFormat.placeholders
    case .inspectFormat: InspectOutput.placeholders
    case .eventFormat: EventFormat.placeholders
    case .containerListFormat: ContainerListFormat.placeholders
    case .configurationFormat: ConfigurationFormat.placeholders
    case .containerFormat: ContainerDocument.placeholders
    case .traceFormat: TraceFormat.placeholders
    default: VersionFormat.placeholders
    }
  }

  /// The start of the action being typed, or about to be; nil if there is none.
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
