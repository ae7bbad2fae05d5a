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
    subcommands: [
      AgentOptions.command, container, DNSOptions.command, EventsOptions.command,
      ObjectInspectOptions.command, network,
      HookOptions.command, system, VersionOptions.command,
    ])

  /// The management command `system`.
  package static let system = Command<NetctlVerb>(
    group: "system", summary: "Show the configuration, and integrate netctl with engines",
    subcommands: [SystemOptions.cdi, SystemOptions.config])

  /// The management command `container`.
  package static let container = Command<NetctlVerb>(
    group: "container", summary: "Show containers",
    subcommands: [ObjectInspectOptions.containerCommand, ContainerListOptions.command])

  /// The management command `network`.
  package static let network = Command<NetctlVerb>(
    group: "network", summary: "Manage networks",
    subcommands: [
      ConnectOptions.command, CreateOptions.command, DisconnectOptions.command,
      GraphOptions.command, InspectOptions.command, LeasesOptions.command, LookupOptions.command,
      ListOptions.command, ListPortsOptions.command, PruneOptions.command, PublishOptions.command,
      ReloadOptions.command, RemoveOptions.command, RenameOptions.command, TraceOptions.command,
      UnpublishOptions.command, UpdateOptions.command, VerifyOptions.command,
    ])
}
