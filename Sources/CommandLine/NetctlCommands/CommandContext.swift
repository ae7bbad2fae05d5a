package import AgentAPI
package import Drawing
package import NetworkModel
package import NetworkService
package import Presentation

/// A command's environment; the only access to the outside world.
package struct CommandContext {
  private let services: ServiceCache
  /// Standard output.
  package let output: any TextOutput
  /// Standard error.
  package let errors: any TextOutput
  /// Prints a prompt and reads the reply.
  package let readReply: (_ ask: () -> Void) -> PromptReply
  /// Reads standard input to its end, if it is not too long.
  package let readInput: () -> [UInt8]
  /// Where devices are offered to container engines.
  package let deviceFile: DeviceFile
  /// The clock.
  package let now: () -> Timestamp
  /// The UTC offset of the host's time zone at a given time.
  package let secondsEastOfUTC: (Timestamp) -> Int
  /// Docker's configuration file, if the user has one.
  package let dockerConfiguration: () -> DockerConfigurationFile?
  /// What completion can offer besides the records.
  package let sources: CompletionSources
  /// The width of help texts in columns.
  package let width: Int
  /// The capabilities of standard output.
  package let treeStyle: TreeStyle
  /// The width of the terminal on standard error in columns; nil if it is not a terminal.
  package let errorColumns: Int?
  /// Whether a hint may follow Docker's message.
  package let showsHints: Bool
  /// Makes this process a long-lived part of netctl with these arguments; returns only if that
  /// fails, and then why.
  package let becomeServer: ([String]) -> String
  /// The agent of this host.
  package let agent: AgentClient
  /// Build information.
  package let build: BuildInfo

  package init(
    service: @escaping () -> NetworkService, output: any TextOutput, errors: any TextOutput,
    readReply: @escaping (_ ask: () -> Void) -> PromptReply, readInput: @escaping () -> [UInt8],
    deviceFile: DeviceFile,
    now: @escaping () -> Timestamp,
    secondsEastOfUTC: @escaping (Timestamp) -> Int,
    dockerConfiguration: @escaping () -> DockerConfigurationFile?, sources: CompletionSources,
    width: Int, treeStyle: TreeStyle, errorColumns: Int?, showsHints: Bool,
    becomeServer: @escaping ([String]) -> String,
    agent: AgentClient, build: BuildInfo
  ) {
    self.services = ServiceCache(make: service)
    self.output = output
    self.errors = errors
    self.readReply = readReply
    self.readInput = readInput
    self.deviceFile = deviceFile
    self.now = now
    self.secondsEastOfUTC = secondsEastOfUTC
    self.dockerConfiguration = dockerConfiguration
    self.sources = sources
    self.width = width
    self.treeStyle = treeStyle
    self.errorColumns = errorColumns
    self.showsHints = showsHints
    self.becomeServer = becomeServer
    self.agent = agent
    self.build = build
  }

  /// The service; always the same, created on first use.
  func service() -> NetworkService { services.service() }

  /// The notices from the verbs so far.
  var notices: [Notice] { services.existing?.notices ?? [] }

  func printLine(_ text: String) {
    output.write(Array((text + "\n").utf8))
  }

  func printLines(_ texts: [String]) {
    for text in texts { printLine(text) }
  }

  /// Whether standard output is a terminal.
  var isTerminal: Bool { treeStyle.width != nil }

  /// A name for standard output: control characters are escaped on a terminal but not in a script's
  /// input.
  func shown(_ name: String) -> String {
    isTerminal ? TerminalText.escaped(name) : name
  }

  func printError(_ text: String) {
    errors.write(Array((text + "\n").utf8))
  }

  /// Docker's configuration file; warns of a damaged one, as Docker does, and ignores its damaged
  /// part.
  func readDockerConfiguration() -> DockerConfiguration {
    let file = dockerConfiguration()
    let configuration = DockerConfiguration(file)
    if let file, let problem = configuration.problem {
      printError("WARNING: Error parsing config file (\(file.path)): \(problem)")
    }
    return configuration
  }
}

/// Creates the service when it is first needed: some commands need none.
private final class ServiceCache {
  private let make: () -> NetworkService
  private(set) var existing: NetworkService?

  init(make: @escaping () -> NetworkService) {
    self.make = make
  }

  func service() -> NetworkService {
    if let existing { return existing }
    let made = make()
    existing = made
    return made
  }
}

/// The reply to a prompt.
package enum PromptReply: Sendable {
  /// A line without its newline.
  case line(String)
  /// A signal interrupted the wait.
  case interrupted
}
