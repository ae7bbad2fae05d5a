import PFlag
import Testing

@Suite struct FlagSpellingTests {
  static let drivers: [(arguments: [String], driver: String)] = [
    (["--driver=x", "t"], "x"),
    (["--driver", "x", "t"], "x"),
    (["-dx", "t"], "x"),
    (["-d=x", "t"], "x"),
    (["-d", "x", "t"], "x"),
    (["-qdx", "t"], "x"),
    (["-qd", "x", "t"], "x"),
    (["-qd=x", "t"], "x"),
    (["-d=", "t"], "="),
    (["--driver=", "t"], ""),
    (["--driver", "", "t"], ""),
    (["--driver", "--", "t"], "--"),
    (["-d", "-q", "t"], "-q"),
    (["-dé", "t"], "é"),
    (["--driver=a=b", "t"], "a=b"),
    (["t", "--driver", "x"], "x"),
    (["-d", "x", "--driver=y", "t"], "y"),
    (["t"], "plain"),
  ]

  @Test(arguments: drivers)
  func stringFlagIsReadInEverySpelling(row: (arguments: [String], driver: String)) {
    let run = Run(["thing", "make"] + row.arguments)

    #expect(run.invocation?.flags[SampleProgram.driver] == row.driver)
    #expect(run.invocation?.arguments == ["t"])
  }

  @Test(arguments: ["1", "t", "T", "true", "TRUE", "True"])
  func wordForTrueIsUnderstood(word: String) {
    let run = Run("thing", "make", "--quick=\(word)", "t")

    #expect(run.invocation?.flags[SampleProgram.quick] == true)
  }

  @Test(arguments: ["0", "f", "F", "false", "FALSE", "False"])
  func wordForFalseIsUnderstood(word: String) {
    let run = Run("thing", "make", "--wide=\(word)", "t")

    #expect(run.invocation?.flags[SampleProgram.wide] == false)
  }

  @Test func switchDoesNotTakeTheNextArgument() {
    let run = Run("thing", "make", "--quick", "false")

    #expect(run.invocation?.flags[SampleProgram.quick] == true)
    #expect(run.invocation?.arguments == ["false"])
  }

  @Test func twoDashesEndTheFlags() {
    #expect(Run("thing", "make", "--", "-q").invocation?.arguments == ["-q"])
  }

  @Test func singleDashIsAnArgument() {
    #expect(Run("thing", "make", "-").invocation?.arguments == ["-"])
  }

  @Test func flagIsSetOnlyIfGiven() throws {
    let flags = try #require(Run("thing", "make", "--wide", "t").invocation?.flags)

    #expect(flags.given(SampleProgram.wide) != nil)
    #expect(flags.given(SampleProgram.quick) == nil)
    #expect(flags.given(SampleProgram.driver) == nil)
  }

  @Test func globalFlagIsReadBeforeTheCommandOnly() {
    #expect(Run("-D", "thing", "ls").invocation?.flags[SampleProgram.debug] == true)
    #expect(Run("thing", "ls", "-D").complaint == "unknown shorthand flag: 'D' in -D")
  }

  @Test func aliasNamesTheCommand() {
    #expect(Run("thing", "list").invocation?.action == .list)
  }

  @Test func hugeArgumentsAreRead() {
    let huge = String(repeating: "q", count: 1_000_000)

    #expect(Run("thing", "make", "-" + huge, "t").invocation?.flags[SampleProgram.quick] == true)
    #expect(Run("thing", "make", "-d" + huge, "t").invocation?.flags[SampleProgram.driver] == huge)
    #expect(Run("thing", "make", "--" + huge, "t").complaint == "unknown flag: --" + huge)
  }

  @Test func manyOccurrencesAreRead() {
    let labels = (0..<100_000).flatMap { ["--label", String($0)] }

    #expect(
      Run(["thing", "make"] + labels + ["t"]).invocation?.flags[SampleProgram.label].count
        == 100_000)
  }
}
