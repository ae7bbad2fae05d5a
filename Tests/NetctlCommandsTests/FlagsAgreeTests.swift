import NetctlCommands
import PFlag
import Testing

@Suite struct FlagsAgreeTests {
  static let names = (NetctlSyntax.network.subcommands + [NetctlSyntax.program]).map(\.name)

  @Test(arguments: names)
  func manualNamesTheFlagsOfTheCodeInTheOrderOfHelp(name: String) throws {
    let sorted = flags(of: name).sorted { $0.name < $1.name }
    let letterFirst = sorted.flatMap { flag in
      (flag.shorthand.map { ["-\($0)"] } ?? []) + ["--" + flag.name]
    }

    #expect(try FlagSpellings.inManual(Self.page(of: name)) == letterFirst)
  }

  @Test func everyCommandAndNothingElseHasAManualPage() throws {
    #expect(try FlagSpellings.manualPages() == Set(Self.names.map(Self.page)))
  }

  @Test func manualOfTheProgramListsEveryCommand() throws {
    let pages = NetctlSyntax.network.subcommands.map { "netctl-network-\($0.name)" }

    #expect(try FlagSpellings.references(inManual: "netctl.8") == Set(pages))
  }

  private static func page(of name: String) -> String {
    name == "netctl" ? "netctl.8" : "netctl-network-\(name).8"
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
