public import PFlag

/// The command line of `netctl network ls`.
public enum ListSyntax {
  /// `--filter name=value`
  public static let filter = Flag.filter(
    "filter", short: "f", values: .listFilter,
    help: "Provide filter values (e.g. \"driver=bridge\")")
  /// `--format`
  public static let format = Flag.string("format", values: .listFormat, help: FormatHelp.list)
  /// `--no-trunc`
  public static let noTruncation = Flag.bool("no-trunc", help: "Do not truncate the output")
  /// `--quiet`
  public static let quiet = Flag.bool("quiet", short: "q", help: "Only display network IDs")

  /// The command.
  public static let command = Command<NetctlVerb>(
    "ls", aliases: ["list"], usage: "[OPTIONS]", summary: "List networks",
    flags: [
      filter.declaration, format.declaration, noTruncation.declaration, quiet.declaration,
    ],
    arguments: .none, words: [], action: .list)
}
