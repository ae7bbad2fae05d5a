import Glibc
import LinuxSystem
import Testing

/// Runs the readers over saved inputs and, for `NETCTL_FUZZ_SECONDS` in all, over changed ones that
/// `NETCTL_FUZZ_SEED` decides. A trap or a hang ends the run and names the file that holds the input;
/// put into the corpus, it is run ever after.
@Suite(.serialized)
struct FuzzTests {
  @Test(arguments: FuzzTarget.allCases) func anyInputIsRead(_ target: FuzzTarget) throws {
    let corpus = try Self.corpus(of: target)
    let report = CrashReport.open(for: target)

    for input in corpus { report.guarding(input, target.run) }
    let seconds = Self.number("NETCTL_FUZZ_SECONDS") ?? 0
    if seconds > 0 {
      let deadline = ContinuousClock.now + .seconds(seconds) / FuzzTarget.allCases.count
      var mutator = Mutator(
        corpus: corpus, dictionary: target.dictionary,
        seed: UInt64(Self.number("NETCTL_FUZZ_SEED") ?? 1))
      var count = 0
      while ContinuousClock.now < deadline {
        let input = mutator.next()
        guard target.isBounded(input) else { continue }
        report.guarding(input, target.run)
        count += 1
      }
      print("\(target.rawValue): \(count) inputs")
    }

    #expect(!corpus.isEmpty)
    #expect(try Self.residentPages() < Self.mostPages)
  }

  /// A gigabyte.
  private static let mostPages = 256 * 1024

  private static func corpus(of target: FuzzTarget) throws -> [[UInt8]] {
    let source = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let path = (source + ["Corpus", Substring(target.rawValue)]).joined(separator: "/")
    let folder = try Directory.open(path)
    return try folder.names().sorted().map { try folder.contents(of: $0) }
  }

  private static func residentPages() throws -> Int {
    let fields = try SystemFile.text("/proc/self/statm").split(separator: " ")
    return Int(fields[1]) ?? .max
  }

  private static func number(_ variable: String) -> Int? {
    getenv(variable).flatMap { Int(String(cString: $0)) }
  }
}
