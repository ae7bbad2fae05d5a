import CommandLineTestSupport
import KernelTestSupport

/// A runtime whose containers are connected.
enum Runtime: String, CaseIterable {
  case runc, crun, podman, containerd, nspawn, machine, lxc, firejail, bwrap

  private var programs: [String] {
    switch self {
    case .runc, .crun, .podman, .firejail, .bwrap: [rawValue]
    case .containerd: ["containerd", "ctr", "runc"]
    case .nspawn: ["systemd-nspawn"]
    case .machine: ["systemd-nspawn", "dbus-daemon", "dbus-send"]
    case .lxc: ["lxc-start"]
    }
  }

  /// The runtimes that are installed here. Says which are not.
  static let installed: [Runtime] = allCases.filter { runtime in
    let missing = runtime.programs.filter { program in
      (try? run("sh", "-c", "PATH=$PATH:/usr/sbin:/sbin command -v \(program)"))?.status != 0
    }
    if !missing.isEmpty {
      print("Test of \(runtime) skipped: not installed: \(missing.joined(separator: " "))")
    }
    return missing.isEmpty
  }
}

/// A private host on which containers run. Those that the test has not removed are when it ends.
final class RuntimeHost {
  private let host: PrivateHost
  private var running: [(Runtime, String)] = []

  /// The environment of netctl besides that of the host, as `NAME=value`.
  var environment: [String] = []

  init() throws {
    host = try PrivateHost.open(containers: [])
    try shell("\(Self.script) setup")
  }

  deinit {
    for (runtime, name) in running.reversed() {
      _ = try? host.run(script: "\(Self.script) \(runtime.rawValue) down \(name)")
    }
  }

  /// Starts a container without a network, unless `flags` say otherwise; returns its first process.
  @discardableResult
  func start(
    _ runtime: Runtime, _ name: String, _ flags: String = "", before: String = ""
  ) throws -> String {
    running.append((runtime, name))
    let output = try shell("\(before) \(Self.script) \(runtime.rawValue) up \(name) \(flags)")
    return output.split(whereSeparator: \.isWhitespace).last.map(String.init) ?? ""
  }

  /// Makes a container of Podman without starting it.
  func create(_ name: String) throws {
    running.append((.podman, name))
    try shell("\(Self.script) podman create \(name)")
  }

  /// Removes a container.
  func remove(_ runtime: Runtime, _ name: String) throws {
    running.removeAll { $0 == (runtime, name) }
    try shell("\(Self.script) \(runtime.rawValue) down \(name)")
  }

  /// Calls the script of the runtimes.
  func runtime(_ arguments: String) throws { try shell("\(Self.script) \(arguments)") }

  /// Runs a line of the shell that must succeed; returns what it printed.
  @discardableResult
  func shell(_ line: String) throws -> String {
    let result = try host.run(script: line)
    guard result.status == 0 else { throw Failure(line: line, output: result.output) }
    return result.output
  }

  /// Kills a process and waits for its end; it may stay as a zombie.
  func end(_ process: String) throws {
    try shell("kill -9 \(process); while readlink /proc/\(process)/ns/net >/dev/null; do :; done")
  }

  struct Failure: Error {
    let line: String
    let output: String
  }

  /// Runs netctl; its messages are in the output.
  func netctl(_ arguments: String) throws -> ProcessResult {
    try host.run(script: (["env"] + environment + ["netctl", arguments]).joined(separator: " "))
  }

  static let script = TestEnvironment.folder(of: #filePath) + "/Scripts/runtime"
}
