import Testing

@Suite(
  .enabled(if: TestEnvironment.problem == nil, "\(TestEnvironment.problem ?? "")"))
struct DocumentationTests {
  @Test("what the documentation shows is what happens", arguments: TestEnvironment.sessions)
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
    let silent = TestEnvironment.sessions.filter(\.steps.isEmpty).map(\.file)

    #expect(silent == [])
    #expect(!TestEnvironment.sessions.isEmpty)
  }
}
