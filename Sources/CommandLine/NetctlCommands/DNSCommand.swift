import PFlag

/// `netctl dns`
struct DNSCommand {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
  }

  /// Becomes the name server; returns only if that fails.
  func run(_ flags: ParsedFlags) -> Int32 {
    let seconds = flags[DNSOptions.idleTimeout]
    guard seconds >= 0 else {
      context.printError("Error: --idle-timeout must not be negative")
      return ExitStatus.failure
    }
    context.printError("Error: " + context.becomeServer(["dns", "\(seconds)"]))
    return ExitStatus.failure
  }
}
