public import PFlag

/// The command line of `netctl version`.
public enum VersionSyntax {
  /// `--format`
  public static let format = Flag.string(
    "format", short: "f", values: .versionFormat, help: FormatHelp.inspect)

  /// The command.
  public static let command = Command<NetctlVerb>(
    "version", usage: "[OPTIONS]", summary: "Show the netctl version information",
    flags: [format.declaration],
    arguments: .none, words: [], action: .version)
}
