import NetctlCommands
import PFlag
import Testing

@Suite struct FlagsAgreeTests {
  /// The words that name each command that does something, and the program.
  static let names = paths(of: NetctlSyntax.program) + [[]]

  private static func paths(of group: Command<NetctlVerb>) -> [[String]] {
    group.subcommands.flatMap { command in
      command.subcommands.isEmpty
        ? [[command.name]] : paths(of: command).map { [command.name] + $0 }
    }
  }

  @Test(arguments: names)
  func manualNamesTheFlagsOfTheCodeInTheOrderOfHelp(name: [String]) throws {
    let sorted = flags(of: name).sorted { $0.name < $1.name }
    let letterFirst = sorted.flatMap { flag in
      (flag.shorthand.map { ["-\($0)"] } ?? []) + ["--" + flag.name]
    }

    #expect(try FlagSpellings.inManual(Self.page(of: name)) == letterFirst)
  }

  @Test func everyCommandAndTheGroupNetworkHaveAManualPage() throws {
    let groups = ["netctl-container.8", "netctl-network.8", "netctl-system.8", "netctl-cni.8"]
    let pages = Self.names.map(Self.page) + groups

    #expect(try FlagSpellings.manualPages() == Set(pages))
  }

  @Test func manualOfTheProgramListsEveryCommand() throws {
    let commands = Self.names.filter { !$0.isEmpty }

    #expect(
      try FlagSpellings.references(inManual: "netctl.8")
        == Set(commands.map { String(Self.page(of: $0).dropLast(".8".count)) }))
  }

  private static func page(of name: [String]) -> String {
    (["netctl"] + name).joined(separator: "-") + ".8"
  }

  @Test(arguments: names)
  func helpNamesExactlyTheFlagsOfTheCode(name: [String]) throws {
    let help = try #require(CommandLine(name + ["--help"]).help())

    #expect(FlagSpellings.inHelp(help) == spellings(flags(of: name)))
  }

  @Test(arguments: names)
  func completionOffersExactlyTheFlagsOfTheCode(name: [String]) throws {
    let point = NetctlSyntax.program.completionPoint(name + ["-"])
    guard case .flag(let offered) = point.expectation else {
      Issue.record("no flags are offered")
      return
    }

    #expect(spellings(offered) == spellings(flags(of: name) + [StandardFlags.help.declaration]))
  }

  @Test(arguments: names)
  func everyArgumentHasAKind(name: [String]) {
    let command = command(called: name)
    guard case .action(_, let rule) = command.role else { return }

    #expect(command.words.isEmpty == (rule == .none))
  }

  private func flags(of name: [String]) -> [FlagDeclaration] { command(called: name).flags }

  private func command(called name: [String]) -> Command<NetctlVerb> {
    name.reduce(NetctlSyntax.program) { command, word in
      command.subcommand(called: word) ?? command
    }
  }

  private func spellings(_ flags: [FlagDeclaration]) -> Set<String> {
    Set(flags.flatMap { flag in ["--" + flag.name] + (flag.shorthand.map { ["-\($0)"] } ?? []) })
  }
}
