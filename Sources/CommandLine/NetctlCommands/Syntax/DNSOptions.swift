package import PFlag

/// The command line of `netctl dns`.
package enum DNSOptions {
  package static let idleTimeout = Flag.int(
    "idle-timeout", help: "Seconds without a container after which it ends (0: never)")

  package static let command = Command<NetctlVerb>(
    "dns", usage: "[OPTIONS]", summary: "Answer the DNS queries of containers",
    flags: [idleTimeout.declaration],
    arguments: .none, words: [], action: .dns)
}
