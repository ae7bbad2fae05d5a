import CommandLineTestSupport
import Testing

/// netctl is stopped or refused something at every operation on the kernel and the disk, one at a
/// time, in the real executable.
@Suite(.enabled(if: Interposer.problem == nil, "\(Interposer.problem ?? "")"))
struct FaultTests {
  /// Between two operations that only look there is nothing to tell one stop from another, so the
  /// stops are before each that may change something, and before the end of the process.
  @Test(arguments: Scenario.all)
  func commandThatIsKilledIsFinishedOrUndoneByTheNext(_ scenario: Scenario) throws {
    try forEachPoint(scenario, .stop, where: \.changes) { stage, point in
      let stopped = try stage.run(point)
      stage.expect(stopped.status == 137, "was not killed: \(stopped)")
      try stage.runAnother(point)
      let again = try stage.host.netctl(scenario.command)
      let isDone = again.status != 0
      stage.expect(!isDone || again.errors.contains(scenario.repeated), "repeated: \(again)")
      try stage.expect(isDone ? stage.afterFault : stage.after)
      try stage.expectCatalog()
      try stage.undo()
    }
  }

  @Test(arguments: Scenario.all)
  func refusedOperationLeavesEverythingAsBefore(_ scenario: Scenario) throws {
    try forEachPoint(scenario, .refuse, where: { $0.description != "end" }) { stage, point in
      try stage.expectRefusal(point)
    }
  }

  @Test(arguments: Scenario.all)
  func diskThatBecomesFullLeavesEverythingAsBefore(_ scenario: Scenario) throws {
    try forEachPoint(scenario, .fill, where: \.needsSpace) { stage, point in
      try stage.expectRefusal(point)
    }
  }

  private func forEachPoint(
    _ scenario: Scenario, _ kind: Fault.Kind, where isWanted: (Operation) -> Bool,
    _ body: (Stage, Fault) throws -> Void
  ) throws {
    var tried = 0
    var next = 0
    var points: [Operation] = []
    // After a failure the rest is tried on a fresh host.
    repeat {
      try Host.with { host in
        let stage = try Stage(scenario, on: host)
        points = stage.operations.filter(isWanted)
        while next < points.count && stage.problems.isEmpty {
          try body(stage, Fault(kind: kind, point: points[next].number))
          next += 1
          tried += 1
        }
        for problem in stage.problems {
          Issue.record("\(kind) at \(points[next - 1].number) \(points[next - 1]): \(problem)")
        }
      }
    } while next < points.count
    print("Faults: \(tried) × \(kind) in \(scenario.testDescription)")
  }
}
