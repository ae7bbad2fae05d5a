import NetctlCommands
import PFlag
import Testing

@Suite struct HelpTests {
  @Test(arguments: HelpFixtures.commands)
  func commandHelpIsDockersByteForByte(row: (name: String, width: Int, text: String)) {
    #expect(CommandLine(network: row.name, "--help").help(width: row.width) == row.text)
  }

  @Test func groupHelpIsDockersByteForByte() {
    #expect(CommandLine(network: "--help").help() == HelpFixtures.network)
    #expect(CommandLine(["help", "network"]).help() == HelpFixtures.network)
  }

  @Test func programHelpListsTheGlobalOptions() {
    #expect(CommandLine(["--help"]).help() == HelpFixtures.program)
  }

  @Test func networkWithoutCommandIsNoError() {
    guard case .groupHelp(let page) = CommandLine(["network"]).resolution.outcome else {
      Issue.record("no help")
      return
    }

    #expect(page.text() == HelpFixtures.network)
  }
}
