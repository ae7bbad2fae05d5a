import PFlag

/// A small program with a flag of every kind.
enum SampleProgram {
  enum Action: Sendable {
    case make
    case list
    case remove
  }

  static let thing = CompletionKind("thing")
  static let driverKind = CompletionKind("driver")
  static let partKind = CompletionKind("part")

  static let debug = Flag.bool("debug", short: "D", help: "Enable debug mode")
  static let driver = Flag.string(
    "driver", short: "d", default: "plain", values: driverKind, help: "Who makes it")
  static let option = Flag.map("opt", short: "o", help: "Set an option")
  static let label = Flag.list("label", short: "l", help: "Add a label", convert: checkedLabel)
  static let wide = Flag.bool("wide", default: true, help: "Make it wide")
  static let quick = Flag.bool("quick", short: "q", help: "Make it quickly")
  static let part = Flag.strings("part", values: partKind, help: "Parts of it")
  static let weight = Flag.int("weight", short: "w", help: "How heavy it is")
  static let filter = Flag.filter("filter", short: "f", help: "Which ones")
  static let place = Flag.ip("place", short: "p", help: "Where it is", parse: even)
  static let places = Flag.ipSlice("places", help: "Where it was", parse: even)
  static let areas = Flag.ipNetSlice("areas", help: "What it covers", parse: even)

  static let program = Command<Action>(
    group: "tool", usage: "[OPTIONS] COMMAND [ARG...]", summary: "Do things",
    flags: [debug.declaration, StandardFlags.version.declaration],
    subcommands: [
      Command(
        group: "thing", summary: "Manage things",
        subcommands: [
          Command(
            "make", usage: "[OPTIONS] THING", summary: "Make a thing",
            flags: [
              driver.declaration, option.declaration, label.declaration, wide.declaration,
              quick.declaration, part.declaration, weight.declaration, filter.declaration,
              place.declaration, places.declaration, areas.declaration,
            ],
            arguments: .exactly(1), words: [.anything], action: .make),
          Command(
            "ls", aliases: ["list"], usage: "[OPTIONS]", summary: "List things",
            flags: [filter.declaration], arguments: .none, words: [], action: .list),
          Command(
            "rm", usage: "THING [THING...]", summary: "Remove things", flags: [],
            arguments: .atLeast(1), words: [thing], action: .remove),
        ])
    ])

  /// Addresses of the sample are even numbers.
  @Sendable
  private static func even(_ text: String) -> Int? {
    Int(text).flatMap { $0.isMultiple(of: 2) ? $0 : nil }
  }

  @Sendable
  private static func checkedLabel(_ text: String) throws(ConversionError) -> String {
    if text == "bad" { throw .rejected(reason: "the label is bad") }
    return text
  }
}

/// What the sample program makes of a command line.
struct Run {
  let resolution: Resolution<SampleProgram.Action>

  init(_ arguments: String...) {
    resolution = SampleProgram.program.resolve(arguments)
  }

  init(_ arguments: [String]) {
    resolution = SampleProgram.program.resolve(arguments)
  }

  var invocation: Resolution<SampleProgram.Action>.Invocation? {
    if case .invocation(let invocation) = resolution.outcome { invocation } else { nil }
  }

  var diagnostic: UsageDiagnostic? {
    if case .misuse(let error) = resolution.outcome { UsageDiagnostic(error) } else { nil }
  }

  /// The first line of the diagnostic.
  var complaint: String? {
    diagnostic.map { String($0.text.prefix { $0 != "\n" }) }
  }

  var help: String? {
    if case .help(let page) = resolution.outcome { page.text() } else { nil }
  }
}
