import PFlag
import Testing

@Suite struct CompletionPointTests {
  /// A command line, and what its last word can be.
  struct Row: Sendable, CustomTestStringConvertible {
    let words: [String]
    let expected: String

    init(_ line: String, _ expected: String) {
      words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      self.expected = expected
    }

    var testDescription: String { words.joined(separator: " ") }
  }

  static let rows = [
    Row("", "help thing"),
    Row("thing ", "make ls rm"),
    Row("--debug thing ", "make ls rm"),
    Row("nothing ", "-"),
    Row("thing make ", "anything"),
    Row("thing make one ", "-"),
    Row("thing ls ", "-"),
    Row("thing rm ", "thing"),
    Row("thing rm one two ", "thing"),
    Row("thing rm -- -", "thing"),
    Row("thing make --driver ", "driver"),
    Row("thing make --driver=pl", "driver: pl behind --driver="),
    Row("thing make -d ", "driver"),
    Row("thing make -dpl", "driver: pl behind -d"),
    Row("thing make -d=pl", "driver: pl behind -d="),
    Row("thing make -qdpl", "driver: pl behind -qd"),
    Row("thing make --wide=", "boolean:  behind --wide="),
    Row("thing make --part a,b", "part: b behind a,"),
    Row("thing make --part=a,", "part:  behind --part=a,"),
    Row("thing ls -", "--filter --help"),
    Row("thing ls --filter a=b -", "--filter --help"),
    Row("thing ls --help -", "--filter"),
    Row("help ", "thing"),
    Row("help thing ", "make ls rm"),
    Row("help thing ls ", "-"),
  ]

  @Test(arguments: rows)
  func lastWordIsExpected(_ row: Row) {
    #expect(Self.text(SampleProgram.program.completionPoint(row.words)) == row.expected)
  }

  @Test func givenValuesAndArgumentsAreKnown() {
    let point = SampleProgram.program.completionPoint([
      "thing", "make", "-d", "plain", "--driver=odd", "one", "",
    ])

    #expect(point.value(of: SampleProgram.driver) == "odd")
    #expect(point.arguments == ["one"])
  }

  private static func text(_ point: CompletionPoint<SampleProgram.Action>) -> String {
    switch point.expectation {
    case .nothing: return "-"
    case .command(let commands): return commands.map(\.name).joined(separator: " ")
    case .flag(let flags): return flags.map { "--" + $0.name }.joined(separator: " ")
    case .word(let kind):
      let name = names[kind] ?? "?"
      return point.attached.isEmpty
        ? name : "\(name): \(point.typed) behind \(point.attached)"
    }
  }

  private static let names: [CompletionKind: String] = [
    .anything: "anything", .boolean: "boolean", SampleProgram.thing: "thing",
    SampleProgram.driverKind: "driver", SampleProgram.partKind: "part",
  ]
}
