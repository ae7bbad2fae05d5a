import Glibc
import KernelTestSupport
import LinuxSystem

/// What the tests find around them.
enum TestEnvironment {
  /// The executable under test: `NETCTL_BINARY`, or the one of the same build as the tests.
  static let binary = variable("NETCTL_BINARY") ?? buildFolder + "/netctl"

  /// Why there can be no private host here; nil when there can.
  static let problem: String? =
    if geteuid() != 0 || !KernelSupport.hasNamespaces {
      "namespaces need root"
    } else if access(binary, X_OK) != 0 {
      "there is no executable \(binary)"
    } else if missingPrograms.isEmpty {
      nil
    } else {
      "not installed: \(missingPrograms.joined(separator: " "))"
    }

  /// The cases of all files, those of a file in its order.
  static let transcripts: [Transcript] = {
    let path = folder(of: #filePath) + "/Fixtures"
    guard let folder = try? Directory.open(path), let names = try? folder.names() else {
      return []
    }
    return names.filter { $0.hasSuffix(".t") }.sorted().flatMap { name -> [Transcript] in
      guard let bytes = try? folder.contents(of: name) else { return [] }
      return Transcript.cases(
        in: String(decoding: bytes, as: UTF8.self), file: String(name.dropLast(2)))
    }
  }()

  /// The sessions of the manual pages.
  static let sessions: [DocumentedSession] = {
    guard let folder = try? Directory.open(root + "/man"), let names = try? folder.names() else {
      return []
    }
    return names.compactMap { name in
      guard let bytes = try? folder.contents(of: name) else { return nil }
      return DocumentedSession(manual: String(decoding: bytes, as: UTF8.self), file: name)
    }
  }()

  private static let root = folder(of: folder(of: folder(of: #filePath)))

  /// The environment of the programs that tests start: nothing of the user's but the search path.
  static let variables = [
    "PATH=\(folder(of: binary)):\(searchPath)",
    "LC_ALL=C",
  ]

  private static let searchPath = variable("PATH") ?? "/usr/sbin:/usr/bin:/sbin:/bin"

  private static let missingPrograms = ["busybox", "ip", "nsenter", "ping", "unshare"].filter {
    program in
    !searchPath.split(separator: ":").contains { access("\($0)/\(program)", X_OK) == 0 }
  }

  private static var buildFolder: String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink("/proc/self/exe", &buffer, buffer.count)
    let path = buffer.prefix(max(0, length)).map { UInt8(bitPattern: $0) }
    return folder(of: String(decoding: path, as: UTF8.self))
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
