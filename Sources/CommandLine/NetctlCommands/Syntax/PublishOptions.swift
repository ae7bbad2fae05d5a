package import PFlag

/// The command line of `netctl network publish`.
package enum PublishOptions {
  package static let command = Command<NetctlVerb>(
    "publish", usage: "CONTAINER [IP:][HOSTPORT:]PORT[/PROTO]...",
    summary: "Publish ports of a connected container to the host",
    flags: [],
    arguments: .atLeast(2), words: [.connectedContainer, .anything], action: .publish)
}
