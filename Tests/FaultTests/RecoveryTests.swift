import CommandLineTestSupport
import Testing

/// A command was killed, and what it left cannot be removed.
@Suite(.enabled(if: Interposer.problem == nil, "\(Interposer.problem ?? "")"))
struct RecoveryTests {
  /// RTM_DELLINK.
  private static let deletion = 0x11

  @Test func removalThatCannotBeFinishedIsSaidUntilItIs() throws {
    try Host.with { host in
      try host.netctl("create n")
      let operations = try host.observe("rm n", salt: 0).operations
      let deletion = try #require(operations.first { $0.description.hasPrefix("request 0x11") })
      try host.netctl("create n")
      _ = try host.observe("rm n", salt: 0, fault: Fault(kind: .stop, point: deletion.number))
      let run = { try host.netctl($0, forbidding: Self.deletion) }

      let created = try run("create m")
      let removed = try run("rm absent another")
      let (verified, reloaded) = (try run("verify"), try run("reload"))
      let left = try Self.bridgeCount()
      let (mended, fine) = (try host.netctl("reload"), try host.netctl("verify"))

      let problem = /cannot remove the remains of network n \([0-9a-f]{12}\): delete link br-/
      #expect(created.status == 0)
      #expect(created.errors.hasPrefix("Warning: "), "\(created)")
      #expect(created.errors.contains(problem), "\(created)")
      #expect(removed.errors.matches(of: problem).count == 1, "\(removed)")
      #expect(verified.status == 1)
      #expect(verified.output.contains("is incomplete: its creation or removal was not finished"))
      #expect(verified.output.contains("netctl network reload removes it"), "\(verified)")
      #expect(reloaded.status == 1 && reloaded.errors.hasPrefix("Error: "), "\(reloaded)")
      #expect(reloaded.errors.contains(problem), "\(reloaded)")
      #expect(left == 2)
      #expect(mended.status == 0 && mended.errors == "", "\(mended)")
      #expect(fine.status == 0, "\(fine)")
      #expect(try Self.bridgeCount() == 1)
    }
  }

  private static func bridgeCount() throws -> Int {
    try ChildProcess.run(["ip", "-brief", "link", "show", "type", "bridge"]).output
      .split(separator: "\n").count
  }
}
