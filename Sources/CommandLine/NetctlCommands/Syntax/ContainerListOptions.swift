package import PFlag

/// The command line of `netctl container ls`.
package enum ContainerListOptions {
  package static let all = Flag.bool(
    "all", short: "a", help: "Show all containers (default shows just running)")
  package static let format = Flag.string(
    "format", values: .containerListFormat, help: FormatHelp.list)
  /// `--no-trunc`
  package static let noTruncation = Flag.bool("no-trunc", help: "Do not truncate the output")
  package static let quiet = Flag.bool("quiet", short: "q", help: "Only display container IDs")

  package static let command = Command<NetctlVerb>(
    "ls", aliases: ["list"], usage: "[OPTIONS]", summary: "List containers of all runtimes",
    flags: [all.declaration, format.declaration, noTruncation.declaration, quiet.declaration],
    arguments: .none, words: [], action: .listContainers)
}
