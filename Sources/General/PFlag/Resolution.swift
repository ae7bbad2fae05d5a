/// The result of resolving a command line.
package struct Resolution<Action: Sendable>: Sendable {
  /// An action to perform.
  package struct Invocation: Sendable {
    /// The action of the chosen command.
    package let action: Action
    /// The given flags, including those of the program; names are unique along the path to a
    /// command.
    package let flags: ParsedFlags
    /// The arguments of the command, already counted.
    package let arguments: [String]
  }

  /// What to do.
  package enum Outcome: Sendable {
    /// Run a command.
    case invocation(Invocation)
    /// Print help, as requested, on standard output.
    case help(HelpPage)
    /// Print help of a group named without a command, on standard error; not a failure.
    case groupHelp(HelpPage)
    /// Print the version.
    case version
    /// Report an error.
    case misuse(UsageError)
  }

  /// Deprecated shorthands before the first command, for standard error.
  package let globalNotices: [ShorthandNotice]
  /// Deprecated shorthands of commands, for standard output.
  package let notices: [ShorthandNotice]
  /// What to do after printing the notices.
  package let outcome: Outcome
}
