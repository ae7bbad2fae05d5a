package import PFlag

/// The command line of `netctl network inspect`.
package enum InspectOptions {
  package static let format = Flag.string(
    "format", short: "f", values: .inspectFormat, help: FormatHelp.inspect)
  package static let verbose = Flag.bool(
    "verbose", short: "v", help: "Verbose output for diagnostics")

  package static let command = Command<NetctlVerb>(
    "inspect", usage: "[OPTIONS] NETWORK [NETWORK...]",
    summary: "Display detailed information on one or more networks",
    flags: [format.declaration, verbose.declaration],
    arguments: .atLeast(1), words: [.network], action: .inspect)
}
