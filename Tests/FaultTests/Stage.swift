import CommandLineTestSupport
import KernelTestSupport
import LinuxSystem

/// A scenario on a host: how everything looks before and after its command, and the operations of
/// the command.
final class Stage {
  let scenario: Scenario
  let host: Host
  let operations: [Operation]
  let before: Picture
  /// After the command.
  let after: Picture
  /// After the command with the identities that it makes up when it is disturbed. They differ, so
  /// that what a disturbed one left behind is not covered by its repetition.
  let afterFault: Picture
  private let listings: [String]
  private let records: FolderSnapshot
  private(set) var problems: [String] = []

  private static let faultSalt: UInt64 = 1

  init(_ scenario: Scenario, on host: Host) throws {
    self.scenario = scenario
    self.host = host
    if let script = scenario.inside {
      let result = try host.inside(host.containers[0]) {
        try ChildProcess.run(["sh", "-c", script])
      }
      guard result.status == 0 else { throw Host.UnexpectedOutput(text: "\(result)") }
    }
    if let script = scenario.onHost {
      let result = try ChildProcess.run(["sh", "-c", script])
      guard result.status == 0 else { throw Host.UnexpectedOutput(text: "\(result)") }
    }
    // The first command of all makes up identities of its own.
    for command in ["ls"] + scenario.prepare {
      let result = try host.netctl(command)
      guard result.status == 0 else { throw Host.UnexpectedOutput(text: "\(command): \(result)") }
    }
    records = FolderSnapshot(of: host.statePath)
    if let loss = scenario.loss { try host.lose(loss, keeping: records) }
    before = try host.picture()
    operations = try host.observe(scenario.command, salt: Self.faultSalt).operations
    afterFault = try host.picture()
    let listing = try host.listing()
    for command in scenario.undo { try host.netctl(command) }
    if let loss = scenario.loss { try host.lose(loss, keeping: records) }
    host.forgetRouterAdvertisements()
    try host.netctl(scenario.command)
    after = try host.picture()
    listings = [listing, try host.listing()]
    try undo()
  }

  /// Kills the command. The next one succeeds whatever it is, the command can be repeated, and then
  /// everything is as it would be without the interruption.
  func expectRecovery(_ fault: Fault) throws {
    let (killed, _) = try host.observe(scenario.command, salt: Self.faultSalt, fault: fault)
    expect(killed.status == 137, "was not killed: \(killed)")
    try runAnother(fault)
    let again = try host.netctl(scenario.command)
    let isDone = again.status != 0
    expect(!isDone || again.errors.contains(scenario.repeated), "repeated: \(again)")
    try expect(isDone ? afterFault : after)
    let listing = try host.listing()
    expect(listings.contains(listing), "the catalog says: \(listing)")
    try undo()
  }

  /// Asks the command to end, which it does at once or when it is done; everything is as before it
  /// or as after it.
  func expectCleanEnd(_ fault: Fault) throws {
    let (ended, _) = try host.observe(scenario.command, salt: Self.faultSalt, fault: fault)
    expect(ended.status == 143, "did not end: \(ended)")
    var found = try host.picture()
    if found == before { return }
    if scenario.goesOn && found != afterFault {
      try host.netctl(scenario.command)
      found = try host.picture()
    }
    problems += found.difference(from: afterFault)
    try undo()
  }

  private func runAnother(_ fault: Fault) throws {
    let others: [[(command: String, error: String?)]] = [
      [("ls", nil)],
      [("inspect bridge", nil)],
      [("rm absent", "network absent not found")],
      [("create other", nil), ("rm other", nil)],
      [("connect bridge {d}", nil), ("disconnect bridge {d}", nil)],
      [("prune --force --filter label=absent", nil)],
    ]
    for (command, error) in others[fault.point % others.count] {
      let result = try host.netctl(command)
      expect(
        error.map { result.errors.contains($0) } ?? (result.status == 0),
        "next command, \(command): \(result)")
    }
  }

  /// Runs the command with a refusal, which it has to report unless it could do without; then
  /// everything is as before it, if need be after another command.
  func expectRefusal(_ fault: Fault) throws {
    let (result, operations) = try host.observe(
      scenario.command, salt: Self.faultSalt, fault: fault)
    if result.status == 0 {
      // The first command of a boot restores the networks as well as it can, and the next goes on.
      if scenario.loss == .reboot { try host.netctl("rm absent") }
      try expect(afterFault)
      return try undo()
    }
    expect(result.status == 1 && result.errors.hasPrefix("Error: "), "\(result)")
    if !operations.contains(where: { $0.changes && $0.description != "end" }) { return }
    var found = try host.picture()
    if found == before { return }
    try host.netctl(scenario.goesOn ? scenario.command : "rm absent")
    found = try host.picture()
    var goals = [after]
    if scenario.loss == nil {
      if found == before { return }
      goals = scenario.takesAway || fault.kind == .fill ? [before, after, afterFault] : [before]
    }
    let differences = goals.map { found.difference(from: $0) }
    let least = differences.min { $0.count < $1.count } ?? []
    if !least.isEmpty { return problems += ["\(result)"] + least }
    try undo()
  }

  private func expect(_ condition: Bool, _ problem: @autoclosure () -> String) {
    if !condition { problems.append(problem()) }
  }

  private func expect(_ picture: Picture) throws {
    problems += try host.picture().difference(from: picture)
  }

  private func undo() throws {
    for command in scenario.undo {
      let result = try host.netctl(command)
      expect(result.status == 0, "\(command): \(result)")
    }
    if let loss = scenario.loss { try host.lose(loss, keeping: records) }
    host.forgetRouterAdvertisements()
    if problems.isEmpty {
      let files = Picture(lines: before.lines.filter { $0.hasPrefix("file ") })
      problems += Picture(lines: host.files()).difference(from: files).map { "not undone: \($0)" }
    }
  }
}

extension Host {
  fileprivate func listing() throws -> String {
    try netctl("ls --no-trunc").output
  }

  // netctl does not, so the next command would have less to do.
  fileprivate func forgetRouterAdvertisements() {
    let folder = "/proc/sys/net/ipv6/conf"
    for link in (try? Directory.open(folder).names()) ?? [] {
      writeFile("\(folder)/\(link)/accept_ra", "1".utf8)
    }
  }
}
