public import PFlag

/// The command line of `netctl network verify`.
public enum VerifySyntax {
  /// The command.
  public static let command = Command<NetctlVerb>(
    "verify", usage: "[NETWORK...]", summary: "Compare the stored networks with the kernel",
    flags: [],
    arguments: .atLeast(0), words: [.network], action: .verify)
}
