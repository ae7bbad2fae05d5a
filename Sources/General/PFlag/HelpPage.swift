/// The help page of a command, to be laid out for a terminal.
package struct HelpPage: Equatable, Sendable {
  private struct Row: Equatable, Sendable {
    let name: String
    let text: String
  }

  private let usageLine: String
  private let summary: String
  private let aliases: [String]
  private let options: [Row]
  private let areOptionsGlobal: Bool
  private let groups: [Row]
  private let commands: [Row]
  private let closing: String?

  static let commandName = "help"
  static let commandUsage = "[command]"
  static let commandEntry = (name: commandName, summary: "Help about the command")

  init(_ command: Command<some Sendable>, path: [String]) {
    let names = (path + [command.name]).joined(separator: " ")
    let parent = path.map { $0 + " " }.joined()
    summary = command.summary
    aliases = command.aliases.isEmpty ? [] : ([command.name] + command.aliases).map { parent + $0 }
    options = command.flags.filter { !$0.isHidden }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
      .map { Row(name: Self.spelling(of: $0), text: Self.description(of: $0)) }
    areOptionsGlobal = path.isEmpty
    switch command.role {
    case .action:
      usageLine = CommandReference(path, command).usageLine
      groups = []
      commands = []
      closing = nil
    case .group(let subcommands):
      usageLine = names + (options.isEmpty ? "" : " [OPTIONS]") + " COMMAND"
      let sorted = subcommands().sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
      groups = sorted.filter { !$0.subcommands.isEmpty }
        .map { Row(name: $0.name, text: $0.summary) }
      commands = sorted.filter { $0.subcommands.isEmpty }
        .map { Row(name: $0.name, text: $0.summary) }
      closing = "Run '\(names) COMMAND --help' for more information on a command."
    }
  }

  private init(usageLine: String, summary: String) {
    self.usageLine = usageLine
    self.summary = summary
    aliases = []
    options = []
    areOptionsGlobal = false
    groups = []
    commands = []
    closing = nil
  }

  /// The help of the `help` command itself.
  static func help(of program: String) -> HelpPage {
    HelpPage(
      usageLine: "\(program) \(commandName) \(commandUsage)", summary: commandEntry.summary)
  }

  /// The width of the page if that of the terminal is unknown.
  package static let defaultWidth = 80

  /// The page as text, with flags wrapped at this many columns.
  package func text(width: Int = defaultWidth) -> String {
    var blocks = ["Usage:  " + usageLine, summary]
    if !aliases.isEmpty { blocks.append("Aliases:\n  " + aliases.joined(separator: ", ")) }
    if !options.isEmpty, !areOptionsGlobal { blocks.append("Options:\n" + optionLines(width)) }
    if !groups.isEmpty { blocks.append("Management Commands:\n" + commandLines(groups)) }
    if !commands.isEmpty { blocks.append("Commands:\n" + commandLines(commands)) }
    if !options.isEmpty, areOptionsGlobal {
      blocks.append("Global Options:\n" + optionLines(width))
    }
    if let closing { blocks.append(closing) }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private func optionLines(_ width: Int) -> String {
    let column = Self.longestName(of: options) + 3
    // The last column stays free, since a terminal may wrap there.
    let wrapping = TextWrapping(indent: column, columns: width - 1)
    return options.map { Self.padded($0.name, to: column) + wrapping.wrap($0.text) }
      .joined(separator: "\n")
  }

  private func commandLines(_ rows: [Row]) -> String {
    let column = max(Self.narrowestNameColumn, Self.longestName(of: groups + commands)) + 1
    return rows.map { "  " + Self.padded($0.name, to: column) + $0.text }.joined(separator: "\n")
  }

  private static let narrowestNameColumn = 11

  private static func longestName(of rows: [Row]) -> Int {
    rows.map(\.name.utf8.count).max() ?? 0
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.utf8.count))
  }

  private static func spelling(of flag: FlagDeclaration) -> String {
    let letter = flag.shorthand.map { "  -\($0), " } ?? "      "
    return letter + "--" + flag.name + (flag.type == .bool ? "" : " " + flag.type.rawValue)
  }

  private static func description(of flag: FlagDeclaration) -> String {
    flag.usage + (flag.shownDefault.map { " (default \($0))" } ?? "")
  }
}
