/// The message for a usage error, and the exit status.
package struct UsageDiagnostic: Equatable, Sendable {
  /// The text for standard error, without the final newline.
  package let text: String
  /// The exit status of the program.
  package let exitStatus: Int32

  /// The exit status of a flag error.
  package static let flagErrorStatus: Int32 = 125

  /// Describes an error.
  package init(_ error: UsageError) {
    switch error {
    case .flag(let flagError, let command):
      text = Self.sentence(flagError) + Self.usageBlock(of: command, verb: "Run")
      exitStatus = Self.flagErrorStatus
    case .flagBeforeCommand(let flagError):
      text = Self.sentence(flagError)
      exitStatus = 1
    case .argumentCount(let rule, let command):
      let (requirement, verb) = Self.requirement(rule)
      text =
        "\(command.program): '\(command.path)' \(requirement)"
        + Self.usageBlock(of: command, verb: verb)
      exitStatus = 1
    case .unknownCommand(let word, let group):
      let sentence = "\(group.program): unknown command: \(group.path) \(GoQuoting.visible(word))"
      text =
        sentence
        + (group.isProgram
          ? "\n\n" + Self.pointer(to: group, verb: "Run") : Self.usageBlock(of: group, verb: "Run"))
      exitStatus = 1
    case .unknownHelpTopic(let words):
      text = "unknown help topic: " + GoQuoting.visible(words.joined(separator: " "))
      exitStatus = 1
    }
  }

  private static func usageBlock(of command: CommandReference, verb: String) -> String {
    "\n\nUsage:  \(command.usageLine)\n\n" + pointer(to: command, verb: verb)
  }

  private static func pointer(to command: CommandReference, verb: String) -> String {
    "\(verb) '\(command.path) --help' for more information"
  }

  /// Docker writes "See" if a minimum is not met and "Run" otherwise.
  private static func requirement(_ rule: ArgumentRule) -> (text: String, verb: String) {
    switch rule {
    case .none: ("accepts no arguments", "Run")
    case .exactly(let number): ("requires \(arguments(number))", "Run")
    case .atLeast(let number): ("requires at least \(arguments(number))", "See")
    case .atMost(let number): ("requires at most \(arguments(number))", "Run")
    }
  }

  private static func arguments(_ number: Int) -> String {
    number == 1 ? "1 argument" : "\(number) arguments"
  }

  private static func sentence(_ error: FlagError) -> String {
    switch error {
    case .unknown(let name):
      return "unknown flag: --\(GoQuoting.visible(name))"
    case .unknownShorthand(let letter, let group):
      return "unknown shorthand flag: \(GoQuoting.character(letter)) in "
        + "-\(GoQuoting.visible(group))"
    case .valueMissing(let name):
      return "flag needs an argument: --\(name)"
    case .shorthandValueMissing(let letter, let group):
      return "flag needs an argument: \(GoQuoting.character(letter)) in "
        + "-\(GoQuoting.visible(group))"
    case .malformed(let argument):
      return "bad flag syntax: \(GoQuoting.visible(argument))"
    case .invalidValue(let value, let name, let shorthand, let cause):
      let spelling = (shorthand.map { "-\($0), " } ?? "") + "--\(name)"
      return "invalid argument \(GoQuoting.string(value)) for \"\(spelling)\" flag: "
        + reason(cause)
    }
  }

  /// What is wrong with a value, to follow a colon.
  package static func reason(_ error: ConversionError) -> String {
    switch error {
    case .notABoolean: "must be true or false"
    case .notAnInteger: "must be an integer"
    case .integerOutOfRange: "must be an integer between \(Int.min) and \(Int.max)"
    case .malformedList(let error): place(error)
    case .malformedFilter: "bad format of filter (expected name=value)"
    case .notAnAddress(let text): "failed to parse IP: \(GoQuoting.string(text))"
    case .notAnAddressInList(let text):
      "invalid string being converted to IP address: \(GoQuoting.visible(text))"
    case .notAPrefix(let text): "invalid string being converted to CIDR: \(GoQuoting.visible(text))"
    case .rejected(let reason): GoQuoting.visible(reason)
    }
  }

  private static func place(_ error: CSVError) -> String {
    let fault: String
    switch error.fault {
    case .bareQuote: fault = "bare \" in non-quoted-field"
    case .strayOrMissingQuote: fault = "extraneous or missing \" in quoted-field"
    case .noRecord: return "EOF"
    }
    let place = "parse error on line \(error.line), column \(error.column): \(fault)"
    return error.recordLine == error.line
      ? place : "record on line \(error.recordLine); " + place
  }
}
