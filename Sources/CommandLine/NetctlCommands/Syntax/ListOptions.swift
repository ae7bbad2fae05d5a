package import PFlag

/// The command line of `netctl network ls`.
package enum ListOptions {
  /// `--filter name=value`
  package static let filter = Flag.filter(
    "filter", short: "f", values: .listFilter,
    help: "Provide filter values (e.g. \"driver=bridge\")")
  package static let format = Flag.string("format", values: .listFormat, help: FormatHelp.list)
  /// `--no-trunc`
  package static let noTruncation = Flag.bool("no-trunc", help: "Do not truncate the output")
  package static let quiet = Flag.bool("quiet", short: "q", help: "Only display network IDs")

  package static let command = Command<NetctlVerb>(
    "ls", aliases: ["list"], usage: "[OPTIONS]", summary: "List networks",
    flags: [
      filter.declaration, format.declaration, noTruncation.declaration, quiet.declaration,
    ],
    arguments: .none, words: [], action: .list)
}
