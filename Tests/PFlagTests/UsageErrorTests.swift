import PFlag
import Testing

@Suite struct UsageErrorTests {
  static let makeBlock =
    "\n\nUsage:  tool thing make [OPTIONS] THING\n\nRun 'tool thing make --help' for more information"
  static let toolBlock =
    "\n\nUsage:  tool [OPTIONS] COMMAND [ARG...]\n\nRun 'tool --help' for more information"
  static let thingBlock = "\n\nUsage:  tool thing\n\nRun 'tool thing --help' for more information"

  static let rows: [(arguments: [String], text: String, status: Int32)] = [
    (["thing", "make"], "tool: 'tool thing make' requires 1 argument" + makeBlock, 1),
    (["thing", "make", "a", "b"], "tool: 'tool thing make' requires 1 argument" + makeBlock, 1),
    (
      ["thing", "ls", "a"],
      "tool: 'tool thing ls' accepts no arguments\n\nUsage:  tool thing ls [OPTIONS]\n\n"
        + "Run 'tool thing ls --help' for more information", 1
    ),
    (
      ["thing", "rm"],
      "tool: 'tool thing rm' requires at least 1 argument\n\n"
        + "Usage:  tool thing rm THING [THING...]\n\n"
        + "See 'tool thing rm --help' for more information", 1
    ),
    (["thing", "nosuch"], "tool: unknown command: tool thing nosuch" + thingBlock, 1),
    (["thing", ""], "tool: unknown command: tool thing " + thingBlock, 1),
    (["thing", "--", "ls"], "tool: unknown command: tool thing ls" + thingBlock, 1),
    (
      ["nosuch"], "tool: unknown command: tool nosuch\n\nRun 'tool --help' for more information", 1
    ),
    (["thing", "--nope", "ls"], "unknown flag: --nope" + thingBlock, 125),
    (["thing", "--nope=1", "ls"], "unknown flag: --nope", 1),
    (["thing", "make", "--nope"], "unknown flag: --nope" + makeBlock, 125),
    (["--nope", "thing"], "unknown flag: --nope" + toolBlock, 125),
    (["nosuch", "--nope"], "unknown flag: --nope" + toolBlock, 125),
    (["thing", "make", "-qz=1"], "unknown shorthand flag: 'z' in -z=1" + makeBlock, 125),
    (["thing", "make", "-q="], "unknown shorthand flag: '=' in -=" + makeBlock, 125),
    (["thing", "make", "-'"], "unknown shorthand flag: '\\'' in -'" + makeBlock, 125),
    (["thing", "make", "-é"], "unknown shorthand flag: 'é' in -é" + makeBlock, 125),
    (["thing", "make", "-\u{0}"], "unknown shorthand flag: '\\x00' in -\\x00" + makeBlock, 125),
    (["thing", "make", "--driver"], "flag needs an argument: --driver" + makeBlock, 125),
    (["thing", "make", "-d"], "flag needs an argument: 'd' in -d" + makeBlock, 125),
    (["thing", "make", "-qd"], "flag needs an argument: 'd' in -d" + makeBlock, 125),
    (["thing", "make", "--=x"], "bad flag syntax: --=x" + makeBlock, 125),
    (["thing", "make", "---x"], "bad flag syntax: ---x" + makeBlock, 125),
    (
      ["thing", "make", "--wide=perhaps"],
      "invalid argument \"perhaps\" for \"--wide\" flag: must be true or false" + makeBlock, 125
    ),
    (
      ["thing", "make", "--help=x"],
      "invalid argument \"x\" for \"--help\" flag: must be true or false" + makeBlock, 125
    ),
    (
      ["thing", "make", "--wide=\u{0}\n\u{AD}\u{FFFD}é\u{E000}\u{10FFFF}\\"],
      "invalid argument \"\\x00\\n\\u00ad\u{FFFD}é\\ue000\\U0010ffff\\\\\" for \"--wide\" flag: "
        + "must be true or false" + makeBlock, 125
    ),
    (["help", "nosuch", "x"], "unknown help topic: nosuch x", 1),
    (["help", "thing", "ls", "x"], "unknown help topic: x", 1),
    (["help", "thing", "help"], "unknown help topic: help", 1),
    (
      ["help", "--nope"],
      "unknown flag: --nope\n\nUsage:  tool help [command]\n\n"
        + "Run 'tool help --help' for more information", 125
    ),
    (["thing", "help"], "tool: unknown command: tool thing help" + thingBlock, 1),
  ]

  @Test(arguments: rows)
  func misuseIsExplained(row: (arguments: [String], text: String, status: Int32)) {
    let diagnostic = Run(row.arguments).diagnostic

    #expect(diagnostic?.text == row.text)
    #expect(diagnostic?.exitStatus == row.status)
  }
}
