import CommandLineTestSupport
import Glibc
import KernelTestSupport
import LinuxSystem

/// An open namespace.
final class Namespace {
  let handle: NetworkNamespace

  init(_ handle: consuming NetworkNamespace) {
    self.handle = handle
  }

  /// A path by which any process can open it while this one lives.
  var path: String { "/proc/\(getpid())/fd/\(handle.descriptor.rawValue)" }
}

/// A host of its own: the thread's network namespace, an empty state directory and containers.
final class Host {
  let statePath: String
  let containers: [Namespace]
  /// Whether the containers are named, `c` and `d`, and have hosts files.
  let hasNames: Bool
  private let logPath: String
  private let bootPath: String
  private let configurationPath: String
  private var hasConfiguration = false
  private let server: CommandServer
  private(set) var isRebooted = false

  /// Runs `body` with a new host.
  static func with<Result>(
    containers count: Int = 2, hasNames: Bool = false, _ body: (Host) throws -> Result
  ) throws -> Result {
    try withTemporaryFolder { folder in
      try withNamespace { _ in
        try bringLoopbackUp()
        let containers = try (0..<count).map { _ in
          try withNamespace { _ in
            try bringLoopbackUp()
            return Namespace(try NetworkNamespace.current())
          }
        }
        return try body(try Host(folder: folder, containers: containers, hasNames: hasNames))
      }
    }
  }

  private init(folder: String, containers: [Namespace], hasNames: Bool) throws {
    statePath = folder + "/state"
    logPath = folder + "/log"
    bootPath = folder + "/boot"
    configurationPath = folder + "/daemon.json"
    server = try CommandServer(
      outputPath: folder + "/output",
      naming: hasNames
        ? zip(["c", "d"], containers).map { (name: $0, path: $1.path) } : [])
    self.containers = containers
    self.hasNames = hasNames
  }

  private static func bringLoopbackUp() throws {
    _ = try ChildProcess.run(["ip", "link", "set", "lo", "up"])
  }

  /// Runs `netctl network` with a command in which `{c}` and `{d}` stand for the containers.
  ///
  /// The identities it makes up come from the command's text and `salt`, so that the same commands
  /// give the same records. The kernel refuses all requests of a forbidden type.
  @discardableResult
  func netctl(
    _ command: String, salt: UInt64 = 0, forbidding type: Int? = nil
  ) throws -> ProcessResult {
    let forbidden = type.map { ["NETCTL_TEST_FORBID=\($0)"] } ?? []
    return try server.run(words(command), variables(command, salt) + forbidden)
  }

  /// Runs a command likewise, with a fault; gives its operations as well, in their order.
  func observe(
    _ command: String, salt: UInt64, fault: Fault? = nil
  ) throws -> (result: ProcessResult, operations: [Operation]) {
    writeFile(logPath, [])
    let result = try server.run(
      words(command), variables(command, salt, fault: fault, log: logPath))
    let log = String(decoding: readFile(logPath), as: UTF8.self)
    return (result, log.split(separator: "\n").compactMap { Operation($0) })
  }

  /// Gives later commands this configuration.
  func configure(_ text: String) {
    writeFile(configurationPath, text.utf8)
    hasConfiguration = true
  }

  private func variables(
    _ command: String, _ salt: UInt64, fault: Fault? = nil, log: String? = nil
  ) -> [String] {
    let seed = command.stableHash ^ salt
    let boot = isRebooted ? bootPath : nil
    return ["NETCTL_STATE_DIR=\(statePath)"]
      + (hasConfiguration ? ["NETCTL_CONFIG=\(configurationPath)"] : [])
      + Interposer.variables(seed: seed, boot: boot, fault: fault, log: log)
  }

  private func words(_ command: String) -> [String] {
    [TestEnvironment.binary, "network"]
      + command.split(separator: " ").map { word in
        switch word {
        case "{c}": hasNames ? "c" : containers[0].path
        case "{d}": hasNames ? "d" : containers[1].path
        default: String(word)
        }
      }
  }

  /// Starts a command behind others that lead to it, as nothing but itself.
  func start(_ leading: [String], _ command: String) throws -> ChildProcess {
    try ChildProcess(leading + words(command), variables: ["NETCTL_STATE_DIR=\(statePath)"])
  }

  /// The names in the hosts files of the containers, by container; without the host's and those
  /// that end in a network's name.
  func namesInFiles() -> [String: Set<String>] {
    let files = FolderSnapshot(of: server.namesFolder)
    var found: [String: Set<String>] = [:]
    for name in ["c", "d"] {
      let lines = (files.text("\(name)/hosts") ?? "").split(separator: "\n")
      found[name] = Set(
        lines.filter { $0.hasPrefix("10.") }.flatMap { $0.split { " \t".contains($0) }.dropFirst() }
          .map(String.init).filter { ["c", "d"].contains($0) })
    }
    return found
  }

  /// Takes the networks out of the kernel behind netctl's back, and puts the records back that
  /// there were before.
  func lose(_ loss: Loss, keeping records: FolderSnapshot) throws {
    records.replace(folderAt: statePath)
    if loss == .interfaces {
      return try inside(containers[0]) {
        _ = try ChildProcess.run(["ip", "link", "delete", "eth0"])
      }
    }
    if loss == .reboot {
      writeFile(bootPath, "another boot\n".utf8)
      isRebooted = true
    }
    for kind in loss.kinds {
      let links = try ChildProcess.run(["ip", "-brief", "link", "show", "type", kind]).output
        .split(separator: "\n").compactMap { $0.split { $0 == " " || $0 == "@" }.first }
      _ = try ChildProcess.run(
        ["ip", "-batch", "-"], input: links.map { "link delete \($0)\n" }.joined())
    }
    _ = try ChildProcess.run(["nft", "flush", "ruleset"])
    for path in ["ipv4/ip_forward", "ipv6/conf/all/forwarding"] {
      writeFile("/proc/sys/net/\(path)", "0".utf8)
    }
  }

  /// Runs `body` in a container.
  func inside<Result>(_ container: Namespace, _ body: () throws -> Result) throws -> Result {
    var result: Swift.Result<Result, any Error>?
    try container.handle.perform { result = Swift.Result { try body() } }
    return try result!.get()
  }
}

extension String {
  /// The same in every run (FNV-1a).
  fileprivate var stableHash: UInt64 {
    utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
