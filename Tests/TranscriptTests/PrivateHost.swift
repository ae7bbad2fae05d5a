import CommandLineTestSupport

/// A host of its own for one case: a mount and a network namespace, with nothing in the folders of
/// netctl and of named namespaces. It ends with this object, or with the test's process.
final class PrivateHost {
  /// Why there can be none here; nil when there can.
  static let problem = TestEnvironment.problem(
    needing: "busybox", "ip", "nsenter", "ping", "unshare")

  private let keeper: ChildProcess

  private static let setUp = """
    mount --make-rprivate / || exit 1
    for folder in /var/lib/netctl /etc/netctl /run/netctl /run/netns /etc/netns; do
      mkdir -p $folder && mount -t tmpfs tmpfs $folder || exit 1
    done
    ip link set lo up || exit 1
    for container in "$@"; do
      ip netns add "$container" && ip -n "$container" link set lo up || exit 1
    done
    echo ready
    exec cat
    """

  /// Makes the host with bare containers on it.
  static func open(containers: [String]) throws -> PrivateHost {
    let host = PrivateHost(
      keeper: try ChildProcess(
        ["unshare", "--mount", "--net", "sh", "-c", setUp, "sh"] + containers))
    guard host.keeper.readLine() == "ready" else { throw HostError.refused }
    return host
  }

  enum HostError: Error {
    case refused
  }

  private init(keeper: ChildProcess) {
    self.keeper = keeper
  }

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

  /// Runs a script of the host's shell, its messages among its output.
  func run(script: String) throws -> ProcessResult {
    try inside(["sh", "-c", "exec 2>&1\n" + script])
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

  private func inside(_ command: [String], input: String = "") throws -> ProcessResult {
    try ChildProcess.run(
      ["nsenter", "-t", "\(keeper.identifier)", "-m", "-n", "--"] + command, input: input)
  }
}
