package import PFlag

/// The command line of `netctl version`.
package enum VersionOptions {
  package static let format = Flag.string(
    "format", short: "f", values: .versionFormat, help: FormatHelp.inspect)

  package static let command = Command<NetctlVerb>(
    "version", usage: "[OPTIONS]", summary: "Show the netctl version information",
    flags: [format.declaration],
    arguments: .none, words: [], action: .version)
}
