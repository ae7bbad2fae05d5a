import CommandLineTestSupport

extension PrivateHost {
  /// Runs a step of a transcript to its end.
  func run(_ step: Transcript.Step) throws -> ProcessResult {
    let netctl = TestEnvironment.binary
    switch step.kind {
    case .network, .sortedNetwork:
      return try inside([netctl, "network"] + shellWords(step.command), input: step.input)
    case .program:
      return try inside([netctl] + shellWords(step.command), input: step.input)
    case .onHost:
      return try inside(["sh", "-c", step.command])
    case .inContainer:
      return try inContainer(step.command)
    }
  }

  // `container applet argument... | filter`
  private func inContainer(_ command: String) throws -> ProcessResult {
    guard let bar = command.firstRange(of: " | ") else {
      return try inContainer(shellWords(command))
    }
    var result = try inContainer(shellWords(String(command[..<bar.lowerBound])))
    let filter = String(command[bar.upperBound...])
    result.output = try ChildProcess.run(["sh", "-c", filter], input: result.output).output
    result.status = 0
    return result
  }

  private func inContainer(_ words: [String]) throws -> ProcessResult {
    let (container, applet) = (words[0], words.dropFirst())
    return try inside(["nsenter", "--net=/run/netns/\(container)", "busybox"] + applet)
  }
}
