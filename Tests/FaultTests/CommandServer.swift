import CommandLineTestSupport
import KernelTestSupport

/// netctl with the interposed library, started once in the thread's network namespace: copies of it
/// run the commands.
final class CommandServer {
  private let process: ChildProcess
  private let outputPath: String

  /// Starts it; what commands write goes through files whose paths begin with `outputPath`.
  init(outputPath: String) throws {
    self.outputPath = outputPath
    process = try ChildProcess(
      [TestEnvironment.binary],
      variables: [
        "LD_PRELOAD=\(Interposer.shared?.path ?? "")", "LD_BIND_NOW=1",
        "NETCTL_TEST_SERVER=\(outputPath)",
      ])
  }

  /// Runs a command of words without spaces to its end.
  func run(_ words: [String], _ variables: [String]) throws -> ProcessResult {
    process.send((variables + words).joined(separator: " ") + "\n")
    guard let status = Int32(process.readLine()) else { throw Failure.ended }
    return ProcessResult(output: text("out"), errors: text("err"), status: status)
  }

  private enum Failure: Error {
    case ended
  }

  private func text(_ stream: String) -> String {
    String(decoding: readFile("\(outputPath).\(stream)"), as: UTF8.self)
  }
}
