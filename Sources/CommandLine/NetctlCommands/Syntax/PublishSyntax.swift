public import PFlag

/// The command line of `netctl network publish`.
public enum PublishSyntax {
  /// The command.
  public static let command = Command<NetctlVerb>(
    "publish", usage: "CONTAINER [IP:][HOSTPORT:]PORT[/PROTO]...",
    summary: "Publish ports of a connected container to the host",
    flags: [],
    arguments: .atLeast(2), words: [.connectedContainer, .anything], action: .publish)
}

/// The command line of `netctl network unpublish`.
public enum UnpublishSyntax {
  /// The command.
  public static let command = Command<NetctlVerb>(
    "unpublish", usage: "CONTAINER [IP:][HOSTPORT:]PORT[/PROTO]...",
    summary: "Take back published ports of a container",
    flags: [],
    arguments: .atLeast(2), words: [.connectedContainer, .publishedPort], action: .unpublish)
}

/// The command line of `netctl network port`.
public enum ListPortsSyntax {
  /// The command.
  public static let command = Command<NetctlVerb>(
    "port", usage: "[CONTAINER [PRIVATE_PORT[/PROTO]]]",
    summary: "List port mappings or a specific mapping for the container",
    flags: [],
    arguments: .atMost(2), words: [.connectedContainer, .publishedPort], action: .port)
}
