public import PFlag

/// The command line of `netctl network port`.
public enum ListPortsSyntax {
  /// The command.
  public static let command = Command<NetctlVerb>(
    "port", usage: "[CONTAINER [PRIVATE_PORT[/PROTO]]]",
    summary: "List port mappings or a specific mapping for the container",
    flags: [],
    arguments: .atMost(2), words: [.connectedContainer, .publishedPort], action: .port)
}
