public import PFlag

/// The command tree of `netctl`.
public enum NetctlSyntax {
  /// `--debug`, before the first command.
  public static let debug = Flag.bool("debug", short: "D", help: "Enable debug mode")

  /// The program with everything under it.
  public static let program = Command<NetctlVerb>(
    group: "netctl", usage: "[OPTIONS] COMMAND [ARG...]",
    summary: "Container networking without a daemon",
    flags: [debug.declaration, StandardFlags.version.declaration],
    subcommands: [network, VersionSyntax.command])

  /// The management command `network`.
  public static let network = Command<NetctlVerb>(
    group: "network", summary: "Manage networks",
    subcommands: [
      ConnectSyntax.command, CreateSyntax.command, DisconnectSyntax.command,
      GraphSyntax.command, InspectSyntax.command, ListSyntax.command, ListPortsSyntax.command,
      PruneSyntax.command, PublishSyntax.command, ReloadSyntax.command, RemoveSyntax.command,
      UnpublishSyntax.command, VerifySyntax.command,
    ])
}
