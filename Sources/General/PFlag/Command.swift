/// A command, or a group of commands, as a value.
///
/// `Action` is what the program does when the command is given; this module only returns it.
package struct Command<Action: Sendable>: Sendable {
  /// The purpose of a command.
  package enum Role: Sendable {
    /// It performs an action.
    case action(Action, ArgumentRule)
    /// It contains other commands, which are declared only when needed.
    case group(@Sendable () -> [Command])
  }

  /// The name of the command.
  package let name: String
  /// Alternative names.
  package let aliases: [String]
  /// What follows the name in the usage line.
  package let usage: String
  /// The description in help.
  package let summary: String
  private let declaredFlags: @Sendable () -> [FlagDeclaration]
  /// The purpose of the command.
  package let role: Role
  /// The kinds of its arguments, in order; further ones are like the last.
  package let words: [CompletionKind]

  /// Declares a command that performs an action.
  package init(
    _ name: String, aliases: [String] = [], usage: String, summary: String,
    flags: @autoclosure @escaping @Sendable () -> [FlagDeclaration], arguments: ArgumentRule,
    words: [CompletionKind], action: Action
  ) {
    self.name = name
    self.aliases = aliases
    self.usage = usage
    self.summary = summary
    declaredFlags = flags
    role = .action(action, arguments)
    self.words = words
  }

  /// Declares a group of commands.
  package init(
    group name: String, usage: String = "", summary: String,
    flags: @autoclosure @escaping @Sendable () -> [FlagDeclaration] = [],
    subcommands: @autoclosure @escaping @Sendable () -> [Command]
  ) {
    self.name = name
    aliases = []
    self.usage = usage
    self.summary = summary
    declaredFlags = flags
    role = .group(subcommands)
    words = []
  }

  /// The command's own flags, without `--help`, which every command has. They are declared only
  /// when needed: a command line uses those of few commands.
  package var flags: [FlagDeclaration] { declaredFlags() }

  /// The command's own flags, and `--help`.
  var allFlags: [FlagDeclaration] { flags + [StandardFlags.help.declaration] }

  /// The commands of a group; empty for a command that performs an action.
  package var subcommands: [Command] {
    switch role {
    case .action: []
    case .group(let subcommands): subcommands()
    }
  }

  /// The command of this group with a name or alias.
  package func subcommand(called word: String) -> Command? {
    for command in subcommands where command.isCalled(word) { return command }
    return nil
  }

  private func isCalled(_ word: String) -> Bool {
    if name.utf8.elementsEqual(word.utf8) { return true }
    for alias in aliases where alias.utf8.elementsEqual(word.utf8) { return true }
    return false
  }
}
