/// Why a command line is invalid.
package enum UsageError: Error, Equatable, Sendable {
  /// Invalid flag of a command.
  case flag(FlagError, of: CommandReference)
  /// Invalid flag between a group and its command.
  case flagBeforeCommand(FlagError)
  /// Wrong number of arguments.
  case argumentCount(ArgumentRule, of: CommandReference)
  /// A group has no such command.
  case unknownCommand(String, in: CommandReference)
  /// There is no help about these words.
  case unknownHelpTopic([String])
}
