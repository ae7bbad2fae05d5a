import CommandLineTestSupport
import Testing

/// Three hosts with agents and etcd, and real packets between their containers.
@Suite(.serialized, .enabled(if: ClusterLab.problem == nil))
struct ClusterTests {
  @Test(arguments: [
    "everybody_reaches_everybody", "store_killed_or_stopped", "agents_and_store_killed",
    "returned_host_is_ignored", "forged_datagrams_are_dropped",
    "packets_of_the_largest_size_arrive", "races", "command_killed_leaves_nothing",
  ])
  func caseHolds(name: String) throws {
    let result = try ClusterLab.run(name)

    #expect(result.status == 0, "\(result.errors)")
  }
}

/// The cases of `Lab/cases.py`.
private enum ClusterLab {
  /// Why there can be none here; nil when there can.
  static let problem =
    PrivateHost.problem
    ?? TestEnvironment.problem(needing: "etcd", "etcdctl", "nft", "nsenter", "ping", "python3")

  private static let program = TestEnvironment.folder(of: #filePath) + "/Lab/cases.py"

  static func run(_ name: String) throws -> ProcessResult {
    let folder = TestEnvironment.buildFolder
    return try ChildProcess.run([
      "python3", "-B", program, name, folder + "/netctl", folder + "/netctl-server",
    ])
  }
}
