import CommandLineTestSupport
import Glibc

/// What is installed from: the directory of the Makefile.
enum SourceTree {
  static let path = TestEnvironment.folder(
    of: TestEnvironment.folder(of: TestEnvironment.folder(of: #filePath)))

  private static let executables = [".build/release/netctl", ".build/release/netctl-server"]

  /// Why there is no release executable of these sources; nil when there is.
  static let problemWithRelease: String? = {
    let isCurrent =
      try? ChildProcess.run(["make", "-C", path, "--question"] + executables).status == 0
    return isCurrent == true
      ? nil : "no release executables of these sources: make && make server && make test"
  }()

  /// Runs make for the executable that is tested, or for the release executable.
  static func make(_ arguments: [String], isRelease: Bool = false) throws -> ProcessResult {
    // It is as new as the tests, whatever the times of the files say.
    let server = TestEnvironment.buildFolder + "/netctl-server"
    let binary = [
      "BINARY=\(TestEnvironment.binary)", "--assume-old=\(TestEnvironment.binary)",
      "SERVER=\(server)", "--assume-old=\(server)",
    ]
    return try ChildProcess.run(
      ["make", "-C", path, "--silent"] + (isRelease ? [] : binary) + arguments)
  }

  /// The names of the files in one of its directories.
  static func files(in folder: String) throws -> [String] {
    try ChildProcess.run(["ls", path + "/" + folder]).output.split(separator: "\n").map(String.init)
  }
}

/// A directory that goes with this object.
final class TemporaryFolder {
  let path: String

  init() throws {
    let result = try ChildProcess.run(["mktemp", "--directory"])
    path = result.output.split(separator: "\n").joined()
  }

  deinit {
    _ = try? ChildProcess.run(["rm", "-rf", path])
  }

  /// The files below it, with paths relative to it.
  func files() throws -> Set<String> {
    let result = try ChildProcess.run(["find", path, "!", "-type", "d", "-printf", "%P\\n"])
    return Set(result.output.split(separator: "\n").map(String.init))
  }
}
