import KernelTestSupport
import NetworkService
import Testing

/// Whatever step the kernel refuses, and wherever the process ends, nothing is lost or left over.
struct FailureTests {
  @Test(
    arguments: Scenario.creations + Scenario.connections + Scenario.removals
      + Scenario.publications + Scenario.changes)
  func refusedStepLeavesEverythingAsBefore(_ scenario: Scenario) throws {
    let whole = try outcome(scenario)
    for step in 0..<whole.stepCount {
      try withScenario(scenario) { bench in
        let (state, world) = (bench.state, bench.world)

        do {
          try bench.run(seed: 99, fault: .refusing(step), scenario.command)
          // Announcing, the last four steps of a connection, may fail: all else is done then.
          #expect(step >= whole.stepCount - 4, "step \(step)")
          #expect(bench.state == whole.state && bench.world == whole.world, "step \(step)")
          return
        } catch is ServiceError {}

        #expect(bench.state == state, "step \(step)")
        #expect(bench.world == world, "step \(step)")
        try bench.run(seed: 99, scenario.command)
        #expect(bench.state == whole.state, "step \(step)")
        #expect(bench.world == whole.world, "step \(step)")
      }
    }
  }

  @Test(
    arguments: Scenario.creations + Scenario.connections + Scenario.removals
      + Scenario.disconnections + Scenario.publications + Scenario.changes)
  func endOfTheProcessIsRecoveredFrom(_ scenario: Scenario) throws {
    let whole = try outcome(scenario)
    for step in 0..<whole.stepCount {
      try withScenario(scenario) { bench in
        let (state, world) = (bench.state, bench.world)
        _ = try? bench.run(seed: 99, fault: .ending(step), scenario.command)

        // Any command that changes something recovers first, also one that then fails.
        #expect(throws: ServiceError.networkNotFound("absent")) { try bench.remove("absent") }

        let isUndone = bench.state == state && bench.world == world
        let isDone = bench.state == whole.state && bench.world == whole.world
        #expect(isUndone || isDone, "step \(step)")
        if isUndone && !isDone {
          try bench.run(seed: 99, scenario.command)
          #expect(bench.state == whole.state, "step \(step)")
          #expect(bench.world == whole.world, "step \(step)")
        }
      }
    }
  }

  @Test func interruptedPruningIsTakenUp() throws {
    let scenario = Scenario.prunings[0]
    let whole = try outcome(scenario)
    for step in 0..<whole.stepCount {
      try withScenario(scenario) { bench in
        _ = try? bench.run(seed: 99, fault: .ending(step), scenario.command)

        try bench.run(seed: 99, scenario.command)

        #expect(bench.state == whole.state, "step \(step)")
        #expect(bench.world == whole.world, "step \(step)")
      }
    }
  }

  @Test(arguments: Scenario.disconnections)
  func refusedDisconnectionIsUndoneOrEndsWithTheNextCommand(_ scenario: Scenario) throws {
    let whole = try outcome(scenario)
    for step in 0..<whole.stepCount {
      try withScenario(scenario) { bench in
        let (state, world) = (bench.state, bench.world)

        _ = try? bench.run(seed: 99, fault: .refusing(step), scenario.command)

        // Until its link is gone, an endpoint can stay.
        if step == 0 || bench.state == state {
          #expect(bench.state == state)
          #expect(bench.world == world, "step \(step)")
        } else {
          #expect(throws: ServiceError.self) { try bench.remove("absent") }
          #expect(bench.state == whole.state, "step \(step)")
          #expect(bench.world.firewall == whole.world.firewall, "step \(step)")
          #expect(bench.world[World.host] == whole.world[World.host], "step \(step)")
        }
      }
    }
  }

  @Test func whatAPruningCannotRemoveStays() throws {
    let scenario = Scenario.prunings[0]
    let whole = try outcome(scenario)
    for step in 0..<whole.stepCount {
      try withScenario(scenario) { bench in
        try bench.run(seed: 99, fault: .refusing(step), scenario.command)
        try bench.run(seed: 99, scenario.command)

        #expect(bench.state == whole.state, "step \(step)")
        #expect(bench.world == whole.world, "step \(step)")
      }
    }
  }

  @Test func refusalAfterAFlushLeavesTheTableRebuilt() throws {
    try withBench { bench in
      try bench.create("m")
      let (state, world) = (bench.state, bench.world)
      for step in 1..<5 {
        bench.world.firewall = nil

        #expect(throws: ServiceError.self) {
          try bench.run(fault: .refusing(step)) {
            _ = try $0.create(CreateRequest(name: "n"))
          }
        }

        #expect(bench.state == state, "step \(step)")
        #expect(bench.world == world, "step \(step)")
      }
    }
  }

  private func withScenario(_ scenario: Scenario, _ body: (Bench) throws -> Void) throws {
    try withBench(["c"]) { bench in
      try scenario.prepare(bench)
      try body(bench)
    }
  }

  private func outcome(
    _ scenario: Scenario
  ) throws -> (stepCount: Int, state: FolderSnapshot, world: World) {
    var outcome: (Int, FolderSnapshot, World)?
    try withScenario(scenario) { bench in
      let stepCount = try bench.run(seed: 99, scenario.command)
      outcome = (stepCount, bench.state, bench.world)
    }
    return try #require(outcome)
  }
}
