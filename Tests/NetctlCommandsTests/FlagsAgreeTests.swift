import NetctlCommands
import PFlag
import Testing

@Suite struct FlagsAgreeTests {
  static let names =
    NetctlSyntax.network.subcommands.map(\.name) + programCommands + [NetctlSyntax.program.name]

  /// The commands of the program itself that do something.
  static let programCommands = NetctlSyntax.program.subcommands.filter(\.subcommands.isEmpty)
    .map(\.name)

  @Test(arguments: names)
  func manualNamesTheFlagsOfTheCodeInTheOrderOfHelp(name: String) throws {
    let sorted = flags(of: name).sorted { $0.name < $1.name }
    let letterFirst = sorted.flatMap { flag in
      (flag.shorthand.map { ["-\($0)"] } ?? []) + ["--" + flag.name]
    }

    #expect(try FlagSpellings.inManual(Self.page(of: name)) == letterFirst)
  }

  @Test func everyCommandAndTheGroupNetworkHaveAManualPage() throws {
    let pages = Self.names.map(Self.page) + ["netctl-network.8"]

    #expect(try FlagSpellings.manualPages() == Set(pages))
  }

  @Test func manualOfTheProgramListsEveryCommand() throws {
    let commands = Self.names.filter { $0 != NetctlSyntax.program.name }

    #expect(
      try FlagSpellings.references(inManual: "netctl.8")
        == Set(commands.map { String(Self.page(of: $0).dropLast(".8".count)) }))
  }

  private static func page(of name: String) -> String {
    name == "netctl" ? "netctl.8" : "netctl-\(path(of: name).joined(separator: "-")).8"
  }

  @Test(arguments: names)
  func helpNamesExactlyTheFlagsOfTheCode(name: String) throws {
    let help = try #require(CommandLine(Self.path(of: name) + ["--help"]).help())

    #expect(FlagSpellings.inHelp(help) == spellings(flags(of: name)))
  }

  @Test(arguments: names)
  func completionOffersExactlyTheFlagsOfTheCode(name: String) throws {
    let point = NetctlSyntax.program.completionPoint(Self.path(of: name) + ["-"])
    guard case .flag(let offered) = point.expectation else {
      Issue.record("no flags are offered")
      return
    }

    #expect(spellings(offered) == spellings(flags(of: name) + [StandardFlags.help.declaration]))
  }

  @Test(arguments: names)
  func everyArgumentHasAKind(name: String) {
    let command = command(called: name)
    guard case .action(_, let rule) = command.role else { return }

    #expect(command.words.isEmpty == (rule == .none))
  }

  /// The words that name a command.
  private static func path(of name: String) -> [String] {
    switch name {
    case NetctlSyntax.program.name: []
    case _ where programCommands.contains(name): [name]
    default: [NetctlSyntax.network.name, name]
    }
  }

  private func flags(of name: String) -> [FlagDeclaration] { command(called: name).flags }

  private func command(called name: String) -> Command<NetctlVerb> {
    Self.path(of: name).reduce(NetctlSyntax.program) { command, word in
      command.subcommand(called: word) ?? command
    }
  }

  private func spellings(_ flags: [FlagDeclaration]) -> Set<String> {
    Set(flags.flatMap { flag in ["--" + flag.name] + (flag.shorthand.map { ["-\($0)"] } ?? []) })
  }
}
