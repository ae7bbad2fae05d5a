package import PFlag

/// The command line of `netctl network disconnect`.
package enum DisconnectOptions {
  package static let force = Flag.bool(
    "force", short: "f", help: "Force the container to disconnect from a network")

  package static let command = Command<NetctlVerb>(
    "disconnect", usage: "[OPTIONS] NETWORK CONTAINER",
    summary: "Disconnect a container from a network",
    flags: [force.declaration],
    arguments: .exactly(2), words: [.usedNetwork, .connectedContainer], action: .disconnect)
}
