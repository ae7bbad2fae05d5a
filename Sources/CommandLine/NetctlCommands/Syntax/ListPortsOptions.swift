package import PFlag

/// The command line of `netctl network port`.
package enum ListPortsOptions {
  package static let command = Command<NetctlVerb>(
    "port", usage: "[CONTAINER [PRIVATE_PORT[/PROTO]]]",
    summary: "List port mappings or a specific mapping for the container",
    flags: [],
    arguments: .atMost(2), words: [.connectedContainer, .publishedPort], action: .port)
}
