package import PFlag

/// The command line of `netctl network verify`.
package enum VerifyOptions {
  package static let command = Command<NetctlVerb>(
    "verify", usage: "[NETWORK...]", summary: "Compare the stored networks with the kernel",
    flags: [],
    arguments: .atLeast(0), words: [.network], action: .verify)
}
