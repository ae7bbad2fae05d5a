package import PFlag

/// The command line of `netctl network trace`.
package enum TraceOptions {
  package static let all = Flag.bool("all", help: "Show every rule that the packet met")
  package static let dryRun = Flag.bool(
    "dry-run", help: "Drop the packet after all rules, so that it does not leave the host")
  package static let format = Flag.string(
    "format", short: "f", values: .traceFormat, help: FormatHelp.inspect)
  package static let from = Flag.string(
    "from", values: .traceOrigin,
    help: "Follow a packet to the container, from an address, an interface or \"host\"")
  package static let size = Flag.int(
    "size", help: "Send an echo request of this many bytes that may not be fragmented")
  package static let timeout = Flag.string(
    "timeout", default: "0.9", help: "Seconds to wait for an answer")
  package static let wait = Flag.int(
    "wait", implied: 60, help: "Follow the next client that connects within this many seconds")

  package static let command = Command<NetctlVerb>(
    "trace", usage: "[OPTIONS] CONTAINER DEST[:PORT][/PROTO]",
    summary: "Follow one packet and show what stops it",
    flags: [
      all.declaration, dryRun.declaration, format.declaration, from.declaration,
      size.declaration, timeout.declaration, wait.declaration,
    ],
    arguments: .exactly(2), words: [.container, .anything], action: .trace)
}
