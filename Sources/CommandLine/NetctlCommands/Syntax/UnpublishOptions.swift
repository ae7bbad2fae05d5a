package import PFlag

/// The command line of `netctl network unpublish`.
package enum UnpublishOptions {
  package static let command = Command<NetctlVerb>(
    "unpublish", usage: "CONTAINER [IP:][HOSTPORT:]PORT[/PROTO]...",
    summary: "Withdraw published ports of a container",
    flags: [],
    arguments: .atLeast(2), words: [.connectedContainer, .publishedPort], action: .unpublish)
}
