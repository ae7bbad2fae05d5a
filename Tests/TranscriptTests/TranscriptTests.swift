import CommandLineTestSupport
import Testing

@Suite(.enabled(if: PrivateHost.problem == nil, "\(PrivateHost.problem ?? "")"))
struct TranscriptTests {
  @Test("netctl answers as in the transcript", arguments: Transcript.all)
  func answersAsInTheTranscript(_ transcript: Transcript) throws {
    let host = try PrivateHost.open(containers: transcript.containers)
    var placeholders = Placeholders()

    for step in transcript.steps {
      let result = try host.run(step)
      let answer = Answer(result, sorted: step.kind == .sortedNetwork, &placeholders)

      #expect(answer.output == step.output, "output of \(step.line)")
      #expect(answer.errors == step.errors, "errors of \(step.line)")
      #expect(answer.status == step.status, "status of \(step.line)")
    }
  }
}

/// What a command answered, in the form that transcripts have.
private struct Answer {
  let output: [String]
  let errors: [String]
  let status: Int32

  init(_ result: ProcessResult, sorted isSorted: Bool, _ placeholders: inout Placeholders) {
    var lines = Self.lines(placeholders.replace(in: result.output))
    if lines.last == "" { lines.removeLast() }
    output = isSorted ? lines.sorted() : lines
    errors = Self.lines(result.errors).map(Self.withoutPrefix)
      .filter { !$0.isEmpty && $0 != "exit status 1" }
      .map { placeholders.replace(in: $0) }
    status = result.status
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  private static func withoutPrefix(_ line: String) -> String {
    for prefix in ["Error: ", "netctl: "] where line.hasPrefix(prefix) {
      return String(line.dropFirst(prefix.count))
    }
    return line
  }
}
