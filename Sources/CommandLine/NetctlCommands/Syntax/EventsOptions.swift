package import PFlag

/// The command line of `netctl events`.
package enum EventsOptions {
  /// `--filter name=value`
  package static let filter = Flag.filter(
    "filter", short: "f", values: .eventFilter,
    help: "Filter output based on conditions provided")
  package static let format = Flag.string(
    "format", values: .eventFormat, help: FormatHelp.inspect)
  package static let since = Flag.string("since", help: "Show all events created since timestamp")
  package static let until = Flag.string("until", help: "Stream events until this timestamp")

  package static let command = Command<NetctlVerb>(
    "events", usage: "[OPTIONS]", summary: "Show what happened to networks, and what happens",
    flags: [
      filter.declaration, format.declaration, since.declaration, until.declaration,
    ],
    arguments: .none, words: [], action: .events)
}
