import CommandLineTestSupport
import KernelTestSupport
import Synchronization
import Testing

/// The first command of all, which also makes the state directory, is disturbed at everything that
/// it changes, each time on a host that has none.
@Suite(.enabled(if: Interposer.problem == nil, "\(Interposer.problem ?? "")"))
struct FirstCommandTests {
  private static let command = "create --ipv6 n"

  @Test func disturbedBeginningIsTakenUp() throws {
    let (points, whole) = try Host.with { host in
      let changes = try host.observe(Self.command, salt: 0).operations.filter(\.changes)
      return (changes, try host.anonymousPicture())
    }
    let problems = Mutex<[String]>([])

    let workers = Fault.Kind.allCases.map { kind in
      Worker {
        let isWanted: (Operation) -> Bool =
          switch kind {
          case .stop: { _ in true }
          case .interrupt: { $0.number.isMultiple(of: 7) }
          case .refuse: { $0.description != "end" }
          case .fill: \.needsSpace
          }
        let wanted = points.filter(isWanted)
        for point in wanted {
          let found = try Self.problems(Fault(kind: kind, point: point.number), whole)
          problems.withLock { $0 += found.map { "\(kind) at \(point): \($0)" } }
        }
        print("Faults: \(wanted.count) × \(kind) in the first command")
      }
    }
    for worker in workers { try worker.join() }

    #expect(whole.lines.count > 10)
    for problem in problems.withLock(\.self) { Issue.record("\(problem)") }
  }

  /// Identities and the block of local addresses are drawn in another order after an interruption,
  /// and every host has a number of its own, so all are taken for the same.
  private static func problems(_ fault: Fault, _ whole: Picture) throws -> [String] {
    try Host.with { host in
      var problems: [String] = []
      let (first, _) = try host.observe(command, salt: 1, fault: fault)
      let isKilled = fault.kind == .stop || fault.kind == .interrupt
      if isKilled != [137, 143].contains(first.status) { problems.append("\(first)") }
      if !isKilled && first.status != 0 && !first.errors.hasPrefix("Error: ") {
        problems.append("refused without a word: \(first)")
      }
      let listing = try host.netctl("ls")
      if listing.status != 0 { problems.append("next command: \(listing)") }
      let again = try host.netctl(command)
      if again.status != 0 && !again.errors.contains("already exists") {
        problems.append("repeated: \(again)")
      }
      return problems + (try host.anonymousPicture()).difference(from: whole)
    }
  }
}

extension Host {
  /// The host's picture without what differs between hosts that ran other commands.
  func anonymousPicture() throws -> Picture {
    let lines = try picture().lines.map { line in
      line.replacing(/[0-9a-f]{64}/, with: "ID").replacing(/br-[0-9a-f]{12}/, with: "br-ID")
        .replacing(/fd[0-9a-f]{2}:[0-9a-f]{1,4}:[0-9a-f]{1,4}:/, with: "LOCAL:")
        // As nft lists it where it only knows the length.
        .replacing(/0xfd[0-9a-f]{14}/, with: "LOCAL")
        .replacing(/"namespace":[0-9]+/, with: "NAMESPACE")
    }
    // Lines that have become equal are still told apart.
    var counts: [String: Int] = [:]
    let numbered = lines.sorted().map { line in
      counts[line, default: 0] += 1
      return "\(line) (\(counts[line, default: 0]))"
    }
    return Picture(lines: numbered)
  }
}
