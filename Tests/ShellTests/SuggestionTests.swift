import CommandLineTestSupport
import Testing

/// What a person is told beyond Docker's words.
struct SuggestionTests {
  @Test(arguments: [
    "rm bleu", "inspect bleu", "connect bleu web", "reload bleu", "verify bleu", "graph bleu",
  ])
  func networkThatMayHaveBeenMeantIsNamedOnATerminalOnly(_ command: String) throws {
    if let problem = TestEnvironment.problem(needing: "ip") { try Test.cancel("\(problem)") }
    let host = try PrivateHost.open(containers: ["web"])
    let netctl = [TestEnvironment.binary, "network"]
    try #require(try host.inside(netctl + ["create", "blue"]).status == 0)
    let words = command.split(separator: " ").map(String.init)

    let terminal = try PseudoTerminal(
      host.entering + netctl + words, environment: TestEnvironment.variables + ["LC_ALL=C.UTF-8"])
    let isNamed = terminal.wait { $0.lines.contains("Did you mean blue?") }
    let piped = try host.inside(netctl + words)

    #expect(isNamed, "\(terminal.screen.text)")
    #expect(piped.status == 1 && !piped.errors.contains("Did you mean"), "\(piped)")
  }
}
