import KernelModel
import KernelTestSupport
import NetworkModel
import NetworkService
import StateStore
import Testing

/// What an interrupted command left and the next one cannot remove is said, and stays on record.
struct RecoveryTests {
  @Test func removalThatCannotBeFinishedIsWarnedOf() throws {
    try withInterruptedRemoval { bench, network in
      try bench.run(fault: .refusing(0)) { _ = try $0.create(CreateRequest(name: "m")) }

      #expect(bench.notices.count == 1)
      guard case .unfinished(.network(let found), .kernel) = bench.notices[0]
      else {
        Issue.record("\(bench.notices)")
        return
      }
      #expect(found.id == network)
    }
  }

  @Test func reloadFailsWhileSomethingIsUnfinished() throws {
    try withInterruptedRemoval { bench, network in
      let failures = try bench.reload(fault: .refusing(0))

      guard failures.count == 1, case .unfinished(.network(let found), _) = failures[0].error else {
        Issue.record("\(failures)")
        return
      }
      #expect(found.id == network)
      #expect(try bench.reload().isEmpty)
      #expect(try bench.findings().isEmpty)
    }
  }

  @Test func changeOfARunningCommandIsNoFinding() throws {
    try withInterruptedRemoval { bench, _ in
      let folder = try #require(try StateFolder.open(bench.path, boot: bench.boot))

      let lock = try folder.lock()
      let found = try bench.findings()
      withExtendedLifetime(lock) {}

      #expect(found.isEmpty)
    }
  }

  @Test func undoingThatFailsIsWarnedOf() throws {
    try withBench(["c"]) { bench in
      try bench.create("n")

      // The firewall is changed first: what follows is refused, and so is everything after that.
      #expect(throws: ServiceError.self) {
        try bench.run(fault: .refusingFrom(1)) {
          try $0.connect(ConnectRequest(network: "n", container: "c"))
        }
      }

      #expect(
        bench.notices.contains {
          if case .unfinished(.endpoint(_, network: "n"), _) = $0 { true } else { false }
        }, "\(bench.notices)")
    }
  }

  @Test func announcementThatFailsIsIgnored() throws {
    try withBench(["c"]) { bench in
      try bench.create("n")
      let request = ConnectRequest(network: "n", container: "c")
      let stepCount = try bench.run { try $0.connect(request) }
      #expect(bench.notices.isEmpty)
      try bench.disconnect("n", "c")

      try bench.run(fault: .refusing(stepCount - 1)) { try $0.connect(request) }

      guard bench.notices.count == 1, case .ignored(.kernel) = bench.notices[0] else {
        Issue.record("\(bench.notices)")
        return
      }
    }
  }

  /// A bench on which the removal of a network ended before the kernel's first step.
  private func withInterruptedRemoval(_ body: (Bench, NetworkID) throws -> Void) throws {
    try withBench { bench in
      try bench.create("n")
      var network: NetworkID?
      try bench.run { network = try $0.network("n").id }
      _ = try? bench.run(fault: .ending(0)) { try $0.remove("n") }
      try body(bench, try #require(network))
    }
  }
}
