import CommandLineTestSupport

/// A shell that netctl has completions for.
enum Shell: String, CaseIterable, Sendable {
  case bash
  case zsh
  case fish

  /// Why it cannot be had here; nil when it can.
  var problem: String? { TestEnvironment.problem(needing: rawValue) }

  /// Whether it shows what a word is.
  var describes: Bool { self != .bash }

  /// The keys that show all words: bash only beeps at the first Tab.
  var listingKeys: String { self == .bash ? "\t\t" : "\t" }

  private var arguments: [String] {
    switch self {
    case .bash: ["bash", "--norc", "--noprofile", "-i"]
    case .zsh: ["zsh", "-f", "-i"]
    case .fish: ["fish", "--no-config", "--interactive"]
    }
  }

  private func setUp(_ folder: String) -> String {
    switch self {
    case .bash: "source \(folder)/netctl.bash"
    case .zsh: "fpath=(\(folder) $fpath); autoload -Uz compinit; compinit -u -D"
    case .fish:
      "set fish_autosuggestion_enabled 0; function fish_prompt; echo -n '> '; end; "
        + "source \(folder)/netctl.fish"
    }
  }

  private static let completions =
    TestEnvironment.folder(of: TestEnvironment.folder(of: TestEnvironment.folder(of: #filePath)))
    + "/completions"

  /// Starts it on a host, with completions and the prompt `> `.
  func start(on host: PrivateHost, variables: [String] = []) throws -> PseudoTerminal {
    let own = [
      "TERM=xterm", "PS1=> ", "HOME=/run/netctl", "INPUTRC=/dev/null",
      "XDG_CONFIG_HOME=/run/netctl",
      "XDG_DATA_HOME=/run/netctl", "LC_ALL=C.UTF-8",
    ]
    let terminal = try PseudoTerminal(
      host.entering + arguments, environment: TestEnvironment.variables + own + variables)
    // The text that is waited for is not in what is typed.
    terminal.type("\(setUp(Self.completions)); clear; echo rea''dy\r")
    guard terminal.wait(until: { $0.lines.contains("ready") && $0.currentLine == ">" }) else {
      throw ShellError.notReady(terminal.screen.text)
    }
    return terminal
  }

  enum ShellError: Error {
    case notReady(String)
  }
}
