import CommandLineTestSupport
import Testing

@Suite(.enabled(if: PrivateHost.problem == nil, "\(PrivateHost.problem ?? "")"))
struct DocumentationTests {
  @Test("what the documentation shows is what happens", arguments: DocumentedSession.all)
  func documentedSessionsAreTrue(_ session: DocumentedSession) throws {
    let host = try PrivateHost.open(containers: [])
    var (expected, found) = (Placeholders(), Placeholders())

    let result = try host.run(script: session.script)
    let outputs = DocumentedSession.outputs(in: result.output)

    try #require(outputs.count == session.steps.count)
    for (step, output) in zip(session.steps, outputs) {
      #expect(
        DocumentedSession.comparable(output, &found)
          == DocumentedSession.comparable(step.output, &expected),
        "\(step.command)")
    }
  }

  @Test func everyPageAboutACommandShowsASession() {
    let silent = DocumentedSession.all.filter(\.steps.isEmpty).map(\.file)

    #expect(silent == [])
    #expect(!DocumentedSession.all.isEmpty)
  }
}
