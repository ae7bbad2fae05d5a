import PFlag
import Testing

@Suite struct HelpTests {
  static let listHelp = """
    Usage:  tool thing ls [OPTIONS]

    List things

    Aliases:
      tool thing ls, tool thing list

    Options:
      -f, --filter filter   Which ones

    """

  static let requests: [[String]] = [
    ["thing", "ls", "--help"], ["thing", "ls", "-h"], ["thing", "ls", "--help=1"],
    ["help", "thing", "ls"], ["help", "thing", "list"], ["thing", "--help", "ls"],
    ["thing", "-h", "ls"], ["--help", "thing", "ls"], ["-h", "thing", "ls"],
    ["thing", "ls", "extra", "--help"], ["thing", "ls", "-hf=a=b"],
  ]

  @Test(arguments: requests)
  func helpIsShownHoweverAskedFor(arguments: [String]) {
    #expect(Run(arguments).help == Self.listHelp)
  }

  @Test func helpDoesNotHideAWrongFlag() {
    #expect(Run("thing", "ls", "--help", "--nope").complaint == "unknown flag: --nope")
  }

  @Test func helpCanBeTakenBack() {
    #expect(Run("--help", "thing", "ls", "--help=false").invocation?.action == .list)
  }

  @Test func shortHelpFlagIsAnnounced() {
    let resolution = Run("thing", "ls", "-h").resolution

    #expect(
      resolution.notices.map(\.text) == ["Flag shorthand -h has been deprecated, use --help"])
    #expect(resolution.globalNotices.isEmpty)
  }

  @Test func shortHelpFlagOfTheProgramIsAnnouncedApart() {
    let resolution = Run("-h").resolution

    #expect(resolution.globalNotices.map(\.shorthand) == [UInt8(ascii: "h")])
    #expect(resolution.notices.isEmpty)
  }

  @Test func groupWithoutCommandShowsItsHelp() {
    guard case .groupHelp(let page) = Run("thing").resolution.outcome else {
      Issue.record("no help")
      return
    }

    #expect(
      page.text() == """
        Usage:  tool thing COMMAND

        Manage things

        Commands:
          ls          List things
          make        Make a thing
          rm          Remove things

        Run 'tool thing COMMAND --help' for more information on a command.

        """)
  }

  @Test func programHelpListsGroupsAndGlobalOptions() {
    #expect(
      Run("--help").help == """
        Usage:  tool [OPTIONS] COMMAND

        Do things

        Management Commands:
          thing       Manage things

        Global Options:
          -D, --debug     Enable debug mode
          -v, --version   Print version information and quit

        Run 'tool COMMAND --help' for more information on a command.

        """)
  }

  @Test func helpHasHelp() {
    let text = "Usage:  tool help [command]\n\nHelp about the command\n"

    #expect(Run("help", "--help").help == text)
    #expect(Run("help", "help").help == text)
    #expect(Run("help").help == Run("--help").help)
  }

  @Test func versionIsToldUnlessACommandIsGiven() {
    for arguments in [["--version"], ["-v"], ["-v", "nosuch"]] {
      guard case .version = Run(arguments).resolution.outcome else {
        Issue.record("no version for \(arguments)")
        continue
      }
    }
    #expect(Run("--version", "thing", "ls").invocation?.action == .list)
    #expect(Run("--version", "--help").help != nil)
  }

  @Test func flagsAreSortedWithTypesAndDefaults() {
    #expect(
      Run("thing", "make", "--help").help == """
        Usage:  tool thing make [OPTIONS] THING

        Make a thing

        Options:
              --areas ipNetSlice   What it covers (default [])
          -d, --driver string      Who makes it (default "plain")
          -f, --filter filter      Which ones
          -l, --label list         Add a label
          -o, --opt map            Set an option (default map[])
              --part strings       Parts of it
          -p, --place ip           Where it is
              --places ipSlice     Where it was (default [])
          -q, --quick              Make it quickly
          -w, --weight int         How heavy it is
              --wide               Make it wide (default true)

        """)
  }
}
