import FuzzTargets
import LinuxSystem
import Testing

/// Runs the readers over saved inputs. A trap or a hang ends the run and names the file that holds
/// the input. New inputs come from `make fuzz`: one that ended it belongs into the corpus.
@Suite(.serialized)
struct FuzzTests {
  @Test(arguments: FuzzTarget.allCases) func savedInputsAreRead(_ target: FuzzTarget) throws {
    let corpus = try Self.corpus(of: target)
    let report = CrashReport.open(for: target)

    for input in corpus { report.guarding(input, target.run) }

    #expect(!corpus.isEmpty)
  }

  private static func corpus(of target: FuzzTarget) throws -> [[UInt8]] {
    let source = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let path = (source + ["Corpus", Substring(target.rawValue)]).joined(separator: "/")
    let folder = try Directory.open(path)
    return try folder.names().sorted().map { try folder.contents(of: $0) }
  }
}
