import CommandLineTestSupport
import Testing

/// Long work at a terminal.
struct ProgressTests {
  @Test func pruneOfManyNetworksShowsHowFarItIsOnATerminalOnly() throws {
    if let problem = TestEnvironment.problem(needing: "ip") { try Test.cancel("\(problem)") }
    let host = try PrivateHost.open(containers: [])
    // The kernel takes 10 ms or more to take one bridge away.
    let names = (10..<70).map { "n\($0)" }
    let commands = names.map { name in
      "'\(TestEnvironment.binary)' network create --subnet 10.99.\(name.dropFirst()).0/24 \(name)"
    }
    try #require(try host.run(script: commands.joined(separator: " &&\n")).status == 0)

    let terminal = try PseudoTerminal(
      host.entering + [TestEnvironment.binary, "network", "prune", "--force"],
      environment: TestEnvironment.variables)
    let isShown = terminal.wait { $0.text.contains("Pruning networks: ") }
    let isDone = terminal.wait { $0.lines.last == names.last }

    #expect(isShown && isDone, "\(terminal.screen.text)")
    #expect(!terminal.screen.text.contains("Pruning"))
  }
}
