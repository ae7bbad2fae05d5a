import CommandLineTestSupport
import KernelTestSupport

/// netctl with the interposed library, started once in the thread's network namespace: copies of it
/// run the commands.
final class CommandServer {
  private let process: ChildProcess
  private let outputPath: String

  /// Starts it; what commands write goes through files whose paths begin with `outputPath`. With
  /// names, it has directories of named namespaces of its own, and these containers in them.
  init(outputPath: String, naming containers: [(name: String, path: String)] = []) throws {
    self.outputPath = outputPath
    let command = [
      "env", "LD_PRELOAD=\(Interposer.shared?.path ?? "")", "LD_BIND_NOW=1",
      "NETCTL_TEST_SERVER=\(outputPath)", TestEnvironment.binary,
    ]
    let folders = ["/run/netns", "/etc/netns"].map {
      "mkdir -p \($0) && mount -t tmpfs tmpfs \($0)"
    }
    let mounts = containers.map {
      "touch /run/netns/\($0.name) && mount --bind \($0.path) /run/netns/\($0.name)"
    }
    let script = (["mount --make-rprivate /"] + folders + mounts + ["exec \"$@\""])
      .joined(separator: " && ")
    process = try ChildProcess(
      containers.isEmpty ? command : ["unshare", "--mount", "sh", "-c", script, "sh"] + command)
  }

  /// The directory of the hosts files of named namespaces, as this process reaches it.
  var namesFolder: String { "/proc/\(process.identifier)/root/etc/netns" }

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
