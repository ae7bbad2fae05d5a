package import PFlag

/// The command line of `netctl agent`.
package enum AgentOptions {
  package static let once = Flag.bool(
    "once", help: "Take over the state of the cluster store, then exit")
  package static let drain = Flag.bool(
    "drain", help: "Take this host and its endpoints out of the cluster, then exit")
  package static let format = Flag.string(
    "format", help: "Format of the status: 'json', or empty for text")

  package static let command = Command<NetctlVerb>(
    "agent", usage: "[OPTIONS] [status]", summary: "Keep this host in a cluster of hosts",
    flags: [drain.declaration, format.declaration, once.declaration],
    arguments: .atMost(1), words: [.agentRequest], action: .agent)
}
