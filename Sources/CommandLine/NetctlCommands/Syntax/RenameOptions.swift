package import PFlag

/// The command line of `netctl network rename`.
package enum RenameOptions {
  package static let command = Command<NetctlVerb>(
    "rename", usage: "NETWORK NEW_NAME", summary: "Rename a network",
    flags: [],
    arguments: .exactly(2), words: [.customNetwork, .anything], action: .rename)
}
