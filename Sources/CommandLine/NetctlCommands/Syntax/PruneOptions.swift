package import PFlag

/// The command line of `netctl network prune`.
package enum PruneOptions {
  /// `--filter name=value`
  package static let filter = Flag.filter(
    "filter", values: .pruneFilter, help: "Provide filter values (e.g. \"until=<timestamp>\")")
  package static let force = Flag.bool(
    "force", short: "f", help: "Do not prompt for confirmation")

  package static let command = Command<NetctlVerb>(
    "prune", usage: "[OPTIONS]", summary: "Remove all unused networks",
    flags: [filter.declaration, force.declaration],
    arguments: .none, words: [], action: .prune)
}
