import CommandLineTestSupport
import Testing

/// Three hosts with agents and etcd, and real packets between their containers.
@Suite(.serialized, .enabled(if: ClusterLab.problem == nil))
struct LabTests {
  @Test(arguments: [
    "store_killed_or_stopped", "agents_and_store_killed", "returned_host_is_ignored",
    "forged_datagrams_are_dropped", "command_killed_leaves_nothing",
    "host_without_the_store_cuts_itself_off", "host_is_drained_and_comes_back",
    "only_trusted_certificates_are_used", "figures_are_told",
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
