package import PFlag

/// The command tree of `netctl`.
package enum NetctlSyntax {
  /// `--debug`, before the first command.
  package static let debug = Flag.bool("debug", short: "D", help: "Enable debug mode")

  /// The program with everything under it.
  package static let program = Command<NetctlVerb>(
    group: "netctl", usage: "[OPTIONS] COMMAND [ARG...]",
    summary: "Container networking without a daemon",
    flags: [debug.declaration, StandardFlags.version.declaration],
    subcommands: [network, DNSOptions.command, VersionOptions.command])

  /// The management command `network`.
  package static let network = Command<NetctlVerb>(
    group: "network", summary: "Manage networks",
    subcommands: [
      ConnectOptions.command, CreateOptions.command, DisconnectOptions.command,
      GraphOptions.command, InspectOptions.command, LookupOptions.command, ListOptions.command,
      ListPortsOptions.command, PruneOptions.command, PublishOptions.command, ReloadOptions.command,
      RemoveOptions.command,
      UnpublishOptions.command, VerifyOptions.command,
    ])
}
