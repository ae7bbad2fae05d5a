import CommandLineTestSupport
import KernelTestSupport
import Synchronization
import Testing

/// A command that finds the configuration changed makes the network `bridge` anew. It is disturbed
/// at everything that it changes, each time on a host of its own.
@Suite(.enabled(if: Interposer.problem == nil, "\(Interposer.problem ?? "")"))
struct ConfigurationFaultTests {
  private static let command = "inspect bridge"

  @Test func disturbedChangeIsTakenUp() throws {
    let (points, whole) = try Host.with { host in
      try Self.prepare(host)
      let changes = try host.observe(Self.command, salt: 0).operations.filter(\.changes)
      return (changes, try host.anonymousPicture())
    }
    let problems = Mutex<[String]>([])

    let workers = [Fault.Kind.stop, .refuse, .fill].map { kind in
      Worker {
        let wanted = points.filter { point in
          switch kind {
          case .refuse: point.description != "end"
          case .fill: point.needsSpace
          case .stop, .interrupt: true
          }
        }
        for point in wanted {
          let found = try Self.problems(Fault(kind: kind, point: point.number), whole)
          problems.withLock { $0 += found.map { "\(kind) at \(point): \($0)" } }
        }
        print("Faults: \(wanted.count) × \(kind) in a changed configuration")
      }
    }
    for worker in workers { try worker.join() }

    #expect(whole.lines.contains { $0.contains("10.44.0.1") })
    for problem in problems.withLock(\.self) { Issue.record("\(problem)") }
  }

  private static func prepare(_ host: Host) throws {
    try host.netctl("create n")
    host.configure(#"{"bip": "10.44.0.1/24", "mtu": 1400}"#)
  }

  private static func problems(_ fault: Fault, _ whole: Picture) throws -> [String] {
    try Host.with { host in
      try prepare(host)
      _ = try host.observe(command, salt: 1, fault: fault)
      var problems: [String] = []
      let again = try host.netctl(command)
      if again.status != 0 { problems.append("repeated: \(again)") }
      return problems + (try host.anonymousPicture()).difference(from: whole)
    }
  }
}
