import NetctlCommands
import PFlag

/// What netctl makes of a command line.
struct CommandLine {
  let resolution: Resolution<NetctlVerb>

  init(_ arguments: [String]) {
    resolution = NetctlSyntax.program.resolve(arguments)
  }

  /// A command line that starts with `network`.
  init(network arguments: String...) {
    self.init(["network"] + arguments)
  }

  var invocation: Resolution<NetctlVerb>.Invocation? {
    if case .invocation(let invocation) = resolution.outcome { invocation } else { nil }
  }

  var flags: ParsedFlags? { invocation?.flags }

  var diagnostic: UsageDiagnostic? {
    if case .misuse(let error) = resolution.outcome { UsageDiagnostic(error) } else { nil }
  }

  /// The first line of the diagnostic.
  var complaint: String? {
    diagnostic.map { String($0.text.prefix { $0 != "\n" }) }
  }

  func help(width: Int = HelpPage.defaultWidth) -> String? {
    if case .help(let page) = resolution.outcome { page.text(width: width) } else { nil }
  }
}
