/// The point in a command line where a word is being typed.
package struct CompletionPoint<Action: Sendable>: Sendable {
  /// What can be typed.
  package enum Expectation: Sendable {
    /// One of these commands, each with its description.
    case command([(name: String, summary: String)])
    /// One of these flags; non-repeatable ones that were already given are excluded.
    case flag([FlagDeclaration])
    /// An argument, or the value of a flag.
    case word(CompletionKind)
    /// Nothing: the command line is already invalid or complete.
    case nothing
  }

  /// What can be typed.
  package let expectation: Expectation
  /// What has been typed of it.
  package let typed: String
  /// The part before it in the same shell word, such as `--driver=`.
  package let attached: String
  /// The preceding arguments of the command.
  package let arguments: [String]
  /// Whether `--` has ended the flags.
  package let areFlagsOver: Bool
  /// The values given to flags, by flag name.
  let values: [String: [String]]

  /// The last value given to a flag, as typed.
  package func value<Value>(of flag: Flag<Value>) -> String? {
    values[flag.declaration.name]?.last
  }
}

extension Command {
  /// The completion point of the last of `words`, which is being typed; the program's name is not
  /// included.
  package func completionPoint(_ words: [String]) -> CompletionPoint<Action> {
    var walk = CompletionWalk(program: self)
    for word in words.dropLast() { walk.pass(word) }
    return walk.point(typing: words.last ?? "")
  }
}

/// Parses an incomplete command line, ignoring errors that do not affect the next word.
private struct CompletionWalk<Action: Sendable> {
  typealias Expectation = CompletionPoint<Action>.Expectation

  /// The command reached so far; nil after a word that names none.
  private var command: Command<Action>?
  private var isProgram = true
  /// Whether the words are arguments of `help`.
  private var isHelp = false
  private var pending: FlagDeclaration?
  private var areFlagsOver = false
  private var arguments: [String] = []
  private var values: [String: [String]] = [:]

  init(program: Command<Action>) {
    command = program
  }

  private var flags: [FlagDeclaration] {
    isHelp ? [StandardFlags.help.declaration] : command?.allFlags ?? []
  }

  mutating func pass(_ word: String) {
    if let flag = pending {
      values[flag.name, default: []].append(word)
      pending = nil
    } else if areFlagsOver || !word.hasPrefix("-") || word == "-" {
      passArgument(word)
    } else if word == "--" {
      areFlagsOver = true
    } else {
      let found = flag(in: word)
      guard let flag = found.flag else { return }
      if let value = found.value {
        values[flag.name, default: []].append(value)
      } else if flag.impliedValue == nil {
        pending = flag
      } else {
        values[flag.name, default: []].append("true")
      }
    }
  }

  private mutating func passArgument(_ word: String) {
    switch command?.role {
    case .action: arguments.append(word)
    case .group:
      if isProgram, word == HelpPage.commandName, !isHelp {
        isHelp = true
      } else {
        command = command?.subcommand(called: word)
        isProgram = false
      }
    case nil: break
    }
  }

  /// The flag of a word, its value if the word has one, and what precedes the value.
  private func flag(
    in word: String
  ) -> (flag: FlagDeclaration?, value: String?, attached: String) {
    if word.hasPrefix("--") {
      let pair = KeyValue(cutting: String(word.dropFirst(2)))
      let flag = flags.first { $0.name.utf8.elementsEqual(pair.key.utf8) }
      return (flag, pair.isPair ? pair.value : nil, "--" + pair.key + "=")
    }
    var attached = "-"
    var rest = Substring(word.dropFirst())
    while let letter = rest.popFirst() {
      attached.append(letter)
      guard let flag = flags.first(where: { $0.shorthand == letter }) else { break }
      if flag.impliedValue == nil || rest.isEmpty {
        if rest.first == "=" { attached.append(rest.removeFirst()) }
        let hasValue = !rest.isEmpty || attached.hasSuffix("=")
        return (flag, hasValue ? String(rest) : nil, attached)
      }
    }
    return (nil, nil, attached)
  }

  func point(typing word: String) -> CompletionPoint<Action> {
    if let flag = pending { return value(of: flag, word, attached: "") }
    guard !areFlagsOver, word.hasPrefix("-") else {
      return point(expecting: argument, word, attached: "")
    }
    let found = flag(in: word)
    if let flag = found.flag, let value = found.value {
      return self.value(of: flag, value, attached: found.attached)
    }
    let open = flags.filter { $0.type.isRepeatable || values[$0.name] == nil }
    return point(expecting: .flag(open), word, attached: "")
  }

  private var argument: Expectation {
    guard let command else { return .nothing }
    switch command.role {
    case .group(let subcommands):
      let help = isProgram && !isHelp ? [HelpPage.commandEntry] : []
      return .command(help + subcommands().map { ($0.name, $0.summary) })
    case .action where isHelp: return .nothing
    case .action(_, let rule):
      guard rule.allowsMore(than: arguments.count), let last = command.words.last else {
        return .nothing
      }
      let words = command.words
      return .word(arguments.count < words.count ? words[arguments.count] : last)
    }
  }

  private func value(
    of flag: FlagDeclaration, _ word: String, attached: String
  ) -> CompletionPoint<Action> {
    // In a list, the part after the last comma is being typed.
    let comma = flag.type == .strings ? word.lastIndex(of: ",") : nil
    let start = comma.map { word.index(after: $0) } ?? word.startIndex
    return point(
      expecting: .word(flag.values), String(word[start...]),
      attached: attached + word[..<start])
  }

  private func point(
    expecting expectation: Expectation, _ typed: String, attached: String
  ) -> CompletionPoint<Action> {
    CompletionPoint(
      expectation: expectation, typed: typed, attached: attached, arguments: arguments,
      areFlagsOver: areFlagsOver, values: values)
  }
}
