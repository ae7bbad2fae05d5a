import PFlag

/// The command line of `netctl oci-hook`.
enum HookOptions {
  static let command = Command<NetctlVerb>(
    "oci-hook", usage: "[NETWORK...]",
    summary: "Connect or disconnect a container on behalf of an OCI runtime",
    flags: [], arguments: .atLeast(0), words: [.joinableNetwork], action: .hook)
}
