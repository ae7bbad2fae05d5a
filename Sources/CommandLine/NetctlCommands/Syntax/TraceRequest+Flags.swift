import PFlag
import PacketTrace

extension TraceRequest {
  /// The request of a command line. Throws what is wrong with it.
  init(_ flags: ParsedFlags, target text: String) throws(TraceSyntax.Problem) {
    let (from, wait) = (flags[TraceOptions.from], flags[TraceOptions.wait])
    guard from.isEmpty || wait == 0 else {
      throw TraceSyntax.Problem(text: "--from and --wait exclude each other")
    }
    let isInbound = !from.isEmpty || wait != 0
    let target = isInbound ? try TraceSyntax.port(text) : try TraceSyntax.destination(text)
    self.init(
      origin: try Self.origin(from, wait), protocol: target.protocol,
      destination: target.address, port: target.port ?? 0,
      milliseconds: try TraceSyntax.milliseconds(flags[TraceOptions.timeout]),
      isDryRun: flags[TraceOptions.dryRun])
    if isDryRun, isInbound {
      throw TraceSyntax.Problem(
        text: "--dry-run is for packets from the container; with --from and --wait nothing leaves")
    }
    let size = flags[TraceOptions.size]
    guard size != 0 else { return }
    guard target.protocol == .echo, (64...65535).contains(size) else {
      throw TraceSyntax.Problem(
        text: "--size takes 64 to 65535 bytes, and a destination without a port")
    }
    self.size = size
  }

  private static func origin(_ from: String, _ wait: Int) throws(TraceSyntax.Problem) -> Origin {
    if wait != 0 {
      guard (1...3600).contains(wait) else {
        throw TraceSyntax.Problem(text: "--wait takes 1 to 3600 seconds")
      }
      return .client(seconds: wait)
    }
    if from.isEmpty { return .container }
    if from == "host" { return .host }
    return AddressSyntax.address(from).map { .address($0) } ?? .interface(from)
  }
}
