public import PFlag

/// The command line of `netctl network prune`.
public enum PruneSyntax {
  /// `--filter name=value`
  public static let filter = Flag.filter(
    "filter", values: .pruneFilter, help: "Provide filter values (e.g. \"until=<timestamp>\")")
  /// `--force`
  public static let force = Flag.bool(
    "force", short: "f", help: "Do not prompt for confirmation")

  /// The command.
  public static let command = Command<NetctlVerb>(
    "prune", usage: "[OPTIONS]", summary: "Remove all unused networks",
    flags: [filter.declaration, force.declaration],
    arguments: .none, words: [], action: .prune)
}
