/// A command, or a group of commands, as a value.
///
/// `Action` is what the program does when the command is given; this module only hands it back.
public struct Command<Action: Sendable>: Sendable {
  /// What a command is there for.
  public enum Role: Sendable {
    /// It does something.
    case action(Action, ArgumentRule)
    /// It holds other commands.
    case group([Command])
  }

  /// The word that names the command.
  public let name: String
  /// Other words for it.
  public let aliases: [String]
  /// What follows the name in the usage line.
  public let usage: String
  /// What help says about the command.
  public let summary: String
  /// The command's own flags, without `--help`, which every command has.
  public let flags: [FlagDeclaration]
  /// What the command is there for.
  public let role: Role
  /// What its arguments stand for, in their order; further ones are as the last.
  public let words: [WordKind]

  /// Declares a command that does something.
  public init(
    _ name: String, aliases: [String] = [], usage: String, summary: String,
    flags: [FlagDeclaration], arguments: ArgumentRule, words: [WordKind], action: Action
  ) {
    self.name = name
    self.aliases = aliases
    self.usage = usage
    self.summary = summary
    self.flags = flags
    role = .action(action, arguments)
    self.words = words
  }

  /// Declares a group of commands.
  public init(
    group name: String, usage: String = "", summary: String, flags: [FlagDeclaration] = [],
    subcommands: [Command]
  ) {
    self.name = name
    aliases = []
    self.usage = usage
    self.summary = summary
    self.flags = flags
    role = .group(subcommands)
    words = []
  }

  /// The command's own flags, and `--help`.
  var allFlags: [FlagDeclaration] { flags + [StandardFlags.help.declaration] }

  /// The commands of a group, none for a command that does something.
  public var subcommands: [Command] {
    switch role {
    case .action: []
    case .group(let subcommands): subcommands
    }
  }

  /// The command of this group that goes by a word.
  public func subcommand(called word: String) -> Command? {
    subcommands.first { command in
      command.name.utf8.elementsEqual(word.utf8)
        || command.aliases.contains { $0.utf8.elementsEqual(word.utf8) }
    }
  }
}
