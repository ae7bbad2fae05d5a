package import PFlag

/// The command line of `netctl network reload`.
package enum ReloadOptions {
  package static let command = Command<NetctlVerb>(
    "reload", usage: "[NETWORK...]",
    summary: "Restore networks in the kernel from the stored state",
    flags: [],
    arguments: .atLeast(0), words: [.network], action: .reload)
}
