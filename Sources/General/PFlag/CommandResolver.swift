extension Command {
  /// Resolves a command line.
  ///
  /// `arguments` are those after the program's name.
  package func resolve(_ arguments: [String]) -> Resolution<Action> {
    var resolver = CommandResolver<Action>(program: self)
    let outcome = resolver.outcome(of: arguments)
    return Resolution(
      globalNotices: resolver.globalNotices, notices: resolver.notices, outcome: outcome)
  }
}

/// Walks from the program down to the command that a command line names.
private struct CommandResolver<Action: Sendable> {
  typealias Outcome = Resolution<Action>.Outcome

  let program: Command<Action>
  var flags = ParsedFlags()
  var globalNotices: [ShorthandNotice] = []
  var notices: [ShorthandNotice] = []

  init(program: Command<Action>) {
    self.program = program
  }

  mutating func outcome(of arguments: [String]) -> Outcome {
    var parser = FlagParser(flags: program.allFlags, parsed: flags)
    parser.isInterspersed = false
    do throws(FlagError) {
      try parser.parse(arguments)
    } catch {
      globalNotices = parser.notices
      return .misuse(.flag(error, of: CommandReference([], program)))
    }
    globalNotices = parser.notices
    flags = parser.parsed
    return descend(into: program, path: [], parser.arguments[...])
  }

  /// Continues with the command that the arguments name next, or ends at this one.
  private mutating func descend(
    into command: Command<Action>, path: [String], _ arguments: ArraySlice<String>
  ) -> Outcome {
    guard let index = command.indexOfFirstWord(in: arguments),
      let next = command.subcommandOrHelp(arguments[index], isProgram: path.isEmpty)
    else { return finish(at: command, path: path, arguments) }
    do throws(FlagError) {
      _ = try takeFlags(of: command, from: arguments[..<index])
    } catch {
      return .misuse(.flagBeforeCommand(error))
    }
    let rest = arguments[(index + 1)...]
    switch next {
    case .command(let subcommand):
      return descend(into: subcommand, path: path + [command.name], rest)
    case .help:
      return help(about: rest)
    }
  }

  private mutating func finish(
    at command: Command<Action>, path: [String], _ arguments: ArraySlice<String>
  ) -> Outcome {
    let reference = CommandReference(path, command)
    let words: [String]
    do throws(FlagError) {
      words = try takeFlags(of: command, from: arguments)
    } catch {
      return .misuse(.flag(error, of: reference))
    }
    if flags[StandardFlags.help] { return .help(HelpPage(command, path: path)) }
    if path.isEmpty, flags[StandardFlags.version] { return .version }
    switch command.role {
    case .group:
      guard let word = words.first else { return .groupHelp(HelpPage(command, path: path)) }
      return .misuse(.unknownCommand(word, in: reference))
    case .action(let action, let rule):
      guard rule.allows(words.count) else { return .misuse(.argumentCount(rule, of: reference)) }
      return .invocation(.init(action: action, flags: flags, arguments: words))
    }
  }

  /// Runs the `help` command of the program.
  private mutating func help(about arguments: ArraySlice<String>) -> Outcome {
    let page = HelpPage.help(of: program.name)
    var words: ArraySlice<String>
    do throws(FlagError) {
      words = try takeFlags(of: nil, from: arguments)[...]
    } catch {
      let names = [program.name, HelpPage.commandName]
      return .misuse(.flag(error, of: CommandReference(names: names, usage: HelpPage.commandUsage)))
    }
    if flags[StandardFlags.help] { return .help(page) }
    if words.elementsEqual([HelpPage.commandName]) { return .help(page) }

    var command = program
    var path: [String] = []
    while let word = words.first, let next = command.subcommand(called: word) {
      path.append(command.name)
      command = next
      words.removeFirst()
    }
    return words.isEmpty
      ? .help(HelpPage(command, path: path)) : .misuse(.unknownHelpTopic(Array(words)))
  }

  /// Parses the flags of a command, only `--help` for the `help` command; returns the rest.
  private mutating func takeFlags(
    of command: Command<Action>?, from arguments: ArraySlice<String>
  ) throws(FlagError) -> [String] {
    let declared = command?.allFlags ?? [StandardFlags.help.declaration]
    var parser = FlagParser(flags: declared, parsed: flags)
    try parser.parse(arguments)
    flags = parser.parsed
    notices += parser.notices
    return parser.arguments
  }
}

extension Command {
  fileprivate enum Next {
    case command(Command)
    case help
  }

  fileprivate func subcommandOrHelp(_ word: String, isProgram: Bool) -> Next? {
    if let command = subcommand(called: word) { return .command(command) }
    return isProgram && word.utf8.elementsEqual(HelpPage.commandName.utf8) ? .help : nil
  }

  /// The index of the first argument that is neither a flag nor a flag's value.
  ///
  /// An unknown flag counts as one that takes a value, and so does `--`: what follows is then not a
  /// command.
  fileprivate func indexOfFirstWord(in arguments: ArraySlice<String>) -> Int? {
    var isValue = false
    for index in arguments.indices {
      let bytes = arguments[index].utf8
      if bytes.starts(with: "--".utf8), !bytes.contains(UInt8(ascii: "=")) {
        isValue = !allFlags.contains { flag in
          flag.impliedValue != nil && flag.name.utf8.elementsEqual(bytes.dropFirst(2))
        }
      } else if bytes.count == 2, bytes.first == UInt8(ascii: "-"), bytes.last != UInt8(ascii: "="),
        !allFlags.contains(where: { $0.impliedValue != nil && $0.shorthandByte == bytes.last })
      {
        isValue = true
      } else if isValue {
        isValue = false
      } else if bytes.count < 2 || bytes.first != UInt8(ascii: "-") {
        return index
      }
    }
    return nil
  }
}
