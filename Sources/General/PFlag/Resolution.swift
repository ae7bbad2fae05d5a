/// What a command line asks for.
public struct Resolution<Action: Sendable>: Sendable {
  /// Something to do.
  public struct Invocation: Sendable {
    /// What the chosen command does.
    public let action: Action
    /// The flags given, those of the program included; names are unique on the way to a command.
    public let flags: ParsedFlags
    /// The arguments of the command, of the number it takes.
    public let arguments: [String]
  }

  /// What is to happen.
  public enum Outcome: Sendable {
    /// A command runs.
    case invocation(Invocation)
    /// Help was asked for; it goes to standard output.
    case help(HelpPage)
    /// A group was named without a command; help goes to standard error, and that is no failure.
    case groupHelp(HelpPage)
    /// The program tells its version.
    case version
    /// Nothing can be done.
    case misuse(UsageError)
  }

  /// Letters of flags before the first command that are on their way out, for standard error.
  public let globalNotices: [ShorthandNotice]
  /// Letters of flags of commands that are on their way out, for standard output.
  public let notices: [ShorthandNotice]
  /// What is to happen after the notices are shown.
  public let outcome: Outcome
}
