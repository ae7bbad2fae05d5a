import CommandLineTestSupport
import LinuxSystem

/// What is done to netctl at one of its operations.
struct Fault: Sendable {
  enum Kind: String, CaseIterable, Sendable {
    /// It is killed just before the operation.
    case stop
    /// It is asked to end (SIGTERM) just before the operation.
    case interrupt
    /// The operation fails, for a reason that it has in life.
    case refuse
    /// The disk is full from there on.
    case fill
  }

  let kind: Kind
  /// The number of the operation, counted from 1.
  let point: Int
}

/// The library that counts netctl's operations on the kernel and the disk, and disturbs one.
struct Interposer: Sendable {
  /// Built from its source when first needed; nil when it cannot be.
  static let shared: Interposer? = build()

  /// Why there can be no faults here; nil when there can.
  static let problem: String? =
    TestEnvironment.problem(needing: "clang", "ip", "nft")
    ?? (shared == nil ? "the library that makes faults cannot be built" : nil)

  let path: String

  /// What tells the library what to do.
  static func variables(
    seed: UInt64, boot: String?, fault: Fault? = nil, log: String? = nil
  ) -> [String] {
    var variables = ["NETCTL_TEST_SEED=\(seed)"]
    if let boot { variables.append("NETCTL_TEST_BOOT=\(boot)") }
    if let fault {
      variables += [
        "NETCTL_TEST_FAULT=\(fault.kind.rawValue)", "NETCTL_TEST_POINT=\(fault.point)",
      ]
    }
    if let log { variables.append("NETCTL_TEST_LOG=\(log)") }
    return variables
  }

  private static func build() -> Interposer? {
    let source = TestEnvironment.folder(of: #filePath) + "/Interposer/interposer.c"
    let path = TestEnvironment.buildFolder + "/libfaults.so"
    let result = try? ChildProcess.run([
      "clang", "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o", path, source,
    ])
    return result?.status == 0 ? Interposer(path: path) : nil
  }
}

/// One operation of netctl on the kernel or the disk.
struct Operation: Sendable, CustomStringConvertible {
  let number: Int
  /// Whether it may change something; the others only look or prepare.
  let changes: Bool
  let description: String

  /// Whether a full disk may refuse it.
  var needsSpace: Bool {
    description.hasPrefix("write") || description.hasPrefix("mkdir")
      || description.hasPrefix("open") && changes
  }

  /// Reads a line of the library's log.
  init?(_ line: some StringProtocol) {
    let words = line.split(separator: " ", maxSplits: 2)
    guard words.count == 3, let number = Int(words[0]) else { return nil }
    self.number = number
    changes = words[1] == "c"
    description = String(words[2])
  }
}
