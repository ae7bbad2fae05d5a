public import PFlag

/// The command line of `netctl network unpublish`.
public enum UnpublishSyntax {
  /// The command.
  public static let command = Command<NetctlVerb>(
    "unpublish", usage: "CONTAINER [IP:][HOSTPORT:]PORT[/PROTO]...",
    summary: "Withdraw published ports of a container",
    flags: [],
    arguments: .atLeast(2), words: [.connectedContainer, .publishedPort], action: .unpublish)
}
