import CommandLineTestSupport
import KernelTestSupport
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

  @Test func portsOfAContainerThatIsGoneAreFreeWhereverTheirReleaseStops() throws {
    try Host.with { host in
      try host.netctl("create first")
      var (point, last) = (0, 1)
      while point < last {
        let container = try ChildProcess(["unshare", "--net", "sh", "-c", "echo ready; read line"])
        #expect(container.readLine() == "ready")
        let name = "pid:\(container.identifier)"
        try host.netctl("create n", salt: UInt64(point))
        try host.netctl("connect -p 8080:80 -p 53:53/udp n \(name)")
        #expect(host.reservations.count == 2)
        container.finishInput()
        _ = container.end()

        // The first is not stopped: it tells how many operations there are.
        let fault = point == 0 ? nil : Fault(kind: .stop, point: point)
        let (_, operations) = try host.observe("disconnect -f n \(name)", salt: 0, fault: fault)
        let next = try host.netctl("connect -p 8080:80 -p 53:53/udp bridge {c}")

        if point == 0 { last = operations.count }
        try #require(next.status == 0, "stopped at \(point): \(next)")
        try host.netctl("disconnect bridge {c}")
        try host.netctl("unpublish {c} 80 53/udp")
        try host.netctl("rm n")
        try #require(host.reservations == [], "stopped at \(point)")
        point += 1
      }
      #expect(last > 20)
    }
  }

  private static func bridgeCount() throws -> Int {
    try ChildProcess.run(["ip", "-brief", "link", "show", "type", "bridge"]).output
      .split(separator: "\n").count
  }
}

extension Host {
  /// The names of the files that reserve host ports.
  fileprivate var reservations: [String] {
    FolderSnapshot(of: statePath).entries.keys.filter { $0.hasPrefix("ports/") }.sorted()
  }
}
