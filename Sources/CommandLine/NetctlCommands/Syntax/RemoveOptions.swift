package import PFlag

/// The command line of `netctl network rm`.
package enum RemoveOptions {
  package static let force = Flag.bool(
    "force", short: "f", help: "Do not error if the network does not exist")

  /// The command; Docker's usage line does not mention options.
  package static let command = Command<NetctlVerb>(
    "rm", aliases: ["remove"], usage: "NETWORK [NETWORK...]",
    summary: "Remove one or more networks",
    flags: [force.declaration],
    arguments: .atLeast(1), words: [.removableNetwork], action: .remove)
}
