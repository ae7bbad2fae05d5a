package import PFlag

/// The command line of `netctl network leases`.
package enum LeasesOptions {
  package static let format = Flag.string(
    "format", values: .leaseListFormat, help: FormatHelp.list)

  package static let command = Command<NetctlVerb>(
    "leases", usage: "[OPTIONS] [NETWORK]",
    summary: "List the addresses that are in use or reserved",
    flags: [format.declaration],
    arguments: .atMost(1), words: [.network], action: .leases)
}
