import AgentAPI
import Drawing
import NetworkModel
import NetworkService
import Presentation
import Testing

@testable import NetctlCommands

/// What a person at a terminal sees of long work; elsewhere nothing is to be seen.
struct ProgressTests {
  @Test func shortWorkShowsNothing() {
    #expect(Stage(columns: 80).errors(of: 2, takingMilliseconds: 100) == "")
  }

  @Test func longWorkShowsHowFarItIsAndLeavesNothing() {
    let errors = Stage(columns: 80).errors(of: 3, takingMilliseconds: 200)

    let line = "Pruning networks: "
    #expect(
      errors == "\r\(line)2 of 3\r\(line)3 of 3\r" + String(repeating: " ", count: 24) + "\r")
  }

  @Test func lineDoesNotChangeFasterThanItCanBeRead() {
    let errors = Stage(columns: 80).errors(of: 1000, takingMilliseconds: 1)

    #expect(errors.split(separator: "Pruning").count - 1 == 8, "\(errors)")
  }

  @Test func narrowTerminalIsNotWrapped() {
    let errors = Stage(columns: 12).errors(of: 2, takingMilliseconds: 600)

    #expect(errors.split(separator: "\r").allSatisfy { $0.count < 12 }, "\(errors)")
  }

  @Test func nothingIsShownWhereNoPersonReads() {
    #expect(Stage(columns: nil).errors(of: 3, takingMilliseconds: 1000) == "")
  }
}

/// A command's surroundings in which time passes only by work.
private final class Stage {
  private let columns: Int?
  private let written = Text()
  private var now: Int64 = 0

  init(columns: Int?) {
    self.columns = columns
  }

  /// What work of so many steps writes to standard error.
  func errors(of count: Int, takingMilliseconds duration: Int64) -> String {
    var work = Work(count: count) { self.now += duration * 1_000_000 }
    context.run(&work, progressTitle: "Pruning")
    return String(decoding: written.bytes, as: UTF8.self)
  }

  private var context: CommandContext {
    CommandContext(
      service: { fatalError("no verb is needed") }, output: Text(), errors: written,
      readReply: { _ in .interrupted }, readInput: { [] },
      deviceFile: DeviceFile(path: "", program: "") { _ in nil },
      now: { Timestamp(nanoseconds: self.now) },
      secondsEastOfUTC: { _ in 0 }, dockerConfiguration: { nil },
      sources: CompletionSources(
        namedNamespaces: { [] }, containers: { [] }, processes: { [] }, interfaces: { [] }),
      width: 80, treeStyle: TreeStyle(hasColor: false, hasUnicode: false, width: nil),
      errorColumns: columns, showsHints: true, becomeServer: { _ in "" }, agent: AgentClient(),
      build: BuildInfo(commit: "", swift: ""))
  }
}

private final class Text: TextOutput {
  private(set) var bytes: [UInt8] = []

  func write(_ bytes: [UInt8]) { self.bytes += bytes }
}

private struct Work: BatchOperation {
  let count: Int
  let failures: [NetworkFailure] = []
  let step: () -> Void
  private var done = 0

  init(count: Int, step: @escaping () -> Void) {
    self.count = count
    self.step = step
  }

  mutating func next() -> Bool {
    if done == count { return false }
    done += 1
    step()
    return true
  }
}
