/// Why a command line asks for nothing that can be done.
public enum UsageError: Error, Equatable, Sendable {
  /// A flag of a command is wrong.
  case flag(FlagError, of: CommandReference)
  /// A flag that stands between a group and its command is wrong.
  case flagBeforeCommand(FlagError)
  /// The number of arguments is wrong.
  case argumentCount(ArgumentRule, of: CommandReference)
  /// A group has no such command.
  case unknownCommand(String, in: CommandReference)
  /// There is no help about these words.
  case unknownHelpTopic([String])
}
