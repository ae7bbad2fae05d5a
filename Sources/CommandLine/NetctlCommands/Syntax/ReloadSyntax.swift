public import PFlag

/// The command line of `netctl network reload`.
public enum ReloadSyntax {
  /// The command.
  public static let command = Command<NetctlVerb>(
    "reload", usage: "[NETWORK...]", summary: "Make the kernel hold networks as they are on record",
    flags: [],
    arguments: .atLeast(0), words: [.network], action: .reload)
}

/// The command line of `netctl network verify`.
public enum VerifySyntax {
  /// The command.
  public static let command = Command<NetctlVerb>(
    "verify", usage: "[NETWORK...]", summary: "Compare networks on record with the kernel",
    flags: [],
    arguments: .atLeast(0), words: [.network], action: .verify)
}
