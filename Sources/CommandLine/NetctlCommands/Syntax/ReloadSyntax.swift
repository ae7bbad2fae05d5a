public import PFlag

/// The command line of `netctl network reload`.
public enum ReloadSyntax {
  /// The command.
  public static let command = Command<NetctlVerb>(
    "reload", usage: "[NETWORK...]", summary: "Make the kernel hold networks as they are on record",
    flags: [],
    arguments: .atLeast(0), words: [.network], action: .reload)
}
