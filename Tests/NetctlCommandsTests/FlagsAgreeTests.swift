import NetctlCommands
import PFlag
import Testing

@Suite struct FlagsAgreeTests {
  static let names = (NetctlSyntax.network.subcommands + [NetctlSyntax.program]).map(\.name)

  @Test(arguments: names)
  func manualNamesExactlyTheFlagsOfTheCode(name: String) throws {
    #expect(try FlagSpellings.inManual()[name] == spellings(flags(of: name)))
  }

  @Test(arguments: names)
  func helpNamesExactlyTheFlagsOfTheCode(name: String) throws {
    let path = name == "netctl" ? [] : ["network", name]
    let help = try #require(CommandLine(path + ["--help"]).help())

    #expect(FlagSpellings.inHelp(help) == spellings(flags(of: name)))
  }

  @Test(arguments: names)
  func bashOffersExactlyTheFlagsOfTheCode(name: String) throws {
    let offered = try FlagSpellings.inBash()

    #expect(
      offered.switches[name] == spellings(flags(of: name).filter { $0.type == .bool }))
    #expect(offered.valued[name] == spellings(flags(of: name).filter { $0.type != .bool }))
  }

  @Test(arguments: names)
  func zshOffersExactlyTheFlagsOfTheCode(name: String) throws {
    #expect(try FlagSpellings.inZsh()[name] == spellings(flags(of: name)))
  }

  private func flags(of name: String) -> [FlagDeclaration] {
    (NetctlSyntax.network.subcommand(called: name) ?? NetctlSyntax.program).flags
  }

  private func spellings(_ flags: [FlagDeclaration]) -> Set<String> {
    Set(flags.flatMap { flag in ["--" + flag.name] + (flag.shorthand.map { ["-\($0)"] } ?? []) })
  }
}
