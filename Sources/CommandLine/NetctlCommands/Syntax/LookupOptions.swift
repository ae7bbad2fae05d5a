package import PFlag

/// The command line of `netctl network lookup`.
package enum LookupOptions {
  package static let command = Command<NetctlVerb>(
    "lookup", usage: "CONTAINER NAME",
    summary: "Show what a container is answered when it asks for a name",
    flags: [],
    arguments: .exactly(2), words: [.connectedContainer, .name], action: .lookup)
}
