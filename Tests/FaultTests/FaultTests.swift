import CommandLineTestSupport
import KernelTestSupport
import Synchronization
import Testing

/// netctl is stopped, or refused something, at every operation on the kernel and the disk, one at a
/// time, in the real executable.
@Suite(.enabled(if: Interposer.problem == nil, "\(Interposer.problem ?? "")"))
struct FaultTests {
  @Test(arguments: Scenario.all)
  func nothingIsLostOrLeftOver(_ scenario: Scenario) throws {
    let problems = Mutex<[String]>([])

    // Most of their time is spent in waiting for the kernel.
    let workers = Fault.Kind.allCases.map { kind in
      Worker {
        let found = try Trial(scenario: scenario, kind: kind).problems()
        problems.withLock { $0 += found }
      }
    }
    for worker in workers { try worker.join() }

    for problem in problems.withLock(\.self) { Issue.record("\(problem)") }
  }

  /// A child sends the deletion of a link; one that ends without having done so is noticed.
  @Test func deletionThatWasNotSentIsNotWaitedFor() throws {
    try Host.with { host in
      for command in ["create n", "connect n {c}"] { try host.netctl(command) }
      let operations = try host.observe("disconnect n {c}", salt: 0).operations
      try host.netctl("connect n {c}")
      let deletion = try #require(operations.first { $0.description.hasPrefix("request 0x11") })

      let start = ContinuousClock.now
      let (result, _) = try host.observe(
        "disconnect n {c}", salt: 0, fault: Fault(kind: .refuse, point: deletion.number))

      #expect(result.status == 0, "\(result)")
      #expect(ContinuousClock.now - start < .seconds(5))
    }
  }

  /// A full disk keeps a command from writing what it has done, which it says; the next does it.
  @Test(arguments: [
    (
      ["create n", "connect n {c}", "disconnect n {c}"], "leases/", "is disconnected from network n"
    ),
    (
      ["connect bridge {c}", "disconnect bridge {c}"], "host.json",
      "is disconnected from network bridge"
    ),
    (["create n", "rm n"], "host.json", "network n is removed"),
  ])
  func fullDiskIsToldWithWhatWasDone(commands: [String], file: String, words: String) throws {
    try Host.with { host in
      let (preparation, command) = (commands.dropLast(), commands[commands.count - 1])
      // The first command of all makes up identities of its own.
      for command in ["ls"] + preparation { try host.netctl(command) }
      let (_, operations) = try host.observe(command, salt: 0)
      let after = (files: host.files(), links: try host.linkNames())
      for command in preparation { try host.netctl(command) }
      let full = try #require(
        operations.first { $0.needsSpace && $0.description.contains(file) })

      let (result, _) = try host.observe(
        command, salt: 0, fault: Fault(kind: .fill, point: full.number))
      let links = try host.linkNames()
      let next = try host.netctl("rm absent")

      #expect(result.status == 1)
      #expect(result.errors.contains(file), "\(result)")
      #expect(result.errors.contains("\(words) anyway"), "\(result)")
      let lines = result.errors.split(separator: "\n").filter { $0 != "exit status 1" }
      #expect(lines.count == 2, "\(result)")
      #expect(links == after.links)
      #expect(next.errors.hasPrefix("Error: network absent not found\n"), "\(next)")
      #expect(host.files() == after.files)
    }
  }
}

extension Host {
  fileprivate func linkNames() throws -> [String] {
    try ChildProcess.run(["ip", "-brief", "link", "show"]).output.split(separator: "\n")
      .compactMap { $0.split(separator: " ").first.map(String.init) }
  }
}

/// A scenario with one kind of fault at each point in turn.
struct Trial: Sendable {
  let scenario: Scenario
  let kind: Fault.Kind

  /// What went wrong. After a failure the rest is tried on a fresh host.
  func problems() throws -> [String] {
    var problems: [String] = []
    var tried = 0
    var isFinished = false
    while !isFinished {
      try Host.with { host in
        let stage = try Stage(scenario, on: host)
        let points = stage.operations.filter(isWanted)
        while tried < points.count && stage.problems.isEmpty {
          try disturb(stage, Fault(kind: kind, point: points[tried].number))
          problems += stage.problems.map { "\(kind) at \(points[tried]): \($0)" }
          tried += 1
        }
        isFinished = tried == points.count || tried == 0
        if tried == 0 { problems += stage.problems }
      }
    }
    print("Faults: \(tried) × \(kind) in \(scenario.testDescription)")
    return problems.map { "\(scenario.testDescription), \($0)" }
  }

  // Between two operations that only look there is nothing to tell one stop from another, so the
  // stops are before each that may change something, and before the end of the process. A signal
  // that waits until the change is done has the same effect everywhere, so a sample will do.
  private func isWanted(_ operation: Operation) -> Bool {
    switch kind {
    case .stop: operation.changes
    case .interrupt: operation.number.isMultiple(of: 7)
    case .refuse: operation.description != "end"
    case .fill: operation.needsSpace
    }
  }

  private func disturb(_ stage: Stage, _ fault: Fault) throws {
    switch kind {
    case .stop: try stage.expectRecovery(fault)
    case .interrupt: try stage.expectCleanEnd(fault)
    case .refuse, .fill: try stage.expectRefusal(fault)
    }
  }
}
