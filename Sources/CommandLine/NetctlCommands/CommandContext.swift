public import Drawing
public import NetworkModel
public import NetworkService
public import Presentation

/// What a command works with. Everything that touches the world comes in here.
public struct CommandContext {
  /// The verbs: always the same, made when a command first needs them.
  public let service: () -> NetworkService
  /// Standard output.
  public let output: any TextOutput
  /// Standard error.
  public let errors: any TextOutput
  /// Puts a question, and reads the answer.
  public let readAnswer: (_ ask: () -> Void) -> Answer
  /// The clock.
  public let now: () -> Timestamp
  /// The offset of the host's time zone at a moment.
  public let secondsEastOfUTC: (Timestamp) -> Int
  /// Docker's configuration file, where the user has one.
  public let dockerConfiguration: () -> DockerConfigurationFile?
  /// What can be named that is on no record.
  public let surroundings: Surroundings
  /// Columns for help.
  public let width: Int
  /// What the reader of standard output can see.
  public let treeStyle: TreeStyle
  /// Columns of the terminal on standard error; nil elsewhere.
  public let errorColumns: Int?
  /// Whether a line with advice may follow Docker's words.
  public let showsHints: Bool
  /// What the build knows of the executable.
  public let build: BuildFacts

  /// Takes every member.
  public init(
    service: @escaping () -> NetworkService, output: any TextOutput, errors: any TextOutput,
    readAnswer: @escaping (_ ask: () -> Void) -> Answer, now: @escaping () -> Timestamp,
    secondsEastOfUTC: @escaping (Timestamp) -> Int,
    dockerConfiguration: @escaping () -> DockerConfigurationFile?, surroundings: Surroundings,
    width: Int, treeStyle: TreeStyle, errorColumns: Int?, showsHints: Bool,
    build: BuildFacts
  ) {
    self.service = service
    self.output = output
    self.errors = errors
    self.readAnswer = readAnswer
    self.now = now
    self.secondsEastOfUTC = secondsEastOfUTC
    self.dockerConfiguration = dockerConfiguration
    self.surroundings = surroundings
    self.width = width
    self.treeStyle = treeStyle
    self.errorColumns = errorColumns
    self.showsHints = showsHints
    self.build = build
  }

  func printLine(_ text: String) {
    output.write(Array((text + "\n").utf8))
  }

  func printLines(_ texts: [String]) {
    for text in texts { printLine(text) }
  }

  /// A name on standard output: a terminal gets control characters escaped, scripts the name itself.
  func shown(_ name: String) -> String {
    treeStyle.width == nil ? name : Printable.text(name)
  }

  func printError(_ text: String) {
    errors.write(Array((text + "\n").utf8))
  }

  /// What Docker's configuration file says; a broken one is warned of, as Docker does, and says less.
  func readDockerConfiguration() -> DockerConfiguration {
    let file = dockerConfiguration()
    let configuration = DockerConfiguration(file)
    if let file, let problem = configuration.problem {
      printError("WARNING: Error parsing config file (\(file.path)): \(problem)")
    }
    return configuration
  }
}

/// What came of a question.
public enum Answer: Sendable {
  /// A line, without its end.
  case line(String)
  /// A signal ended the wait.
  case interrupted
}
