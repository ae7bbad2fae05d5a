import Glibc
import KernelTestSupport

/// What the tests find around them.
package enum TestEnvironment {
  /// The executable under test: `NETCTL_BINARY`, or the one of the same build as the tests.
  package static let binary = variable("NETCTL_BINARY") ?? buildFolder + "/netctl"

  /// The directory of what was built with the tests.
  package static let buildFolder = folder(of: executable)

  /// Why there can be no private host with these programs here; nil when there can.
  package static func problem(needing programs: String...) -> String? {
    if geteuid() != 0 || !KernelSupport.hasNamespaces { return "namespaces need root" }
    if access(binary, X_OK) != 0 { return "there is no executable \(binary)" }
    let missing = programs.filter { program in
      !searchPath.split(separator: ":").contains { access("\($0)/\(program)", X_OK) == 0 }
    }
    return missing.isEmpty ? nil : "not installed: \(missing.joined(separator: " "))"
  }

  /// The environment of the programs that tests start: nothing of the user's but the search path.
  package static let variables = [
    "PATH=\(folder(of: binary)):\(searchPath)",
    "LC_ALL=C",
  ]

  private static let searchPath = variable("PATH") ?? "/usr/sbin:/usr/bin:/sbin:/bin"

  private static var executable: String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink("/proc/self/exe", &buffer, buffer.count)
    let path = buffer.prefix(max(0, length)).map { UInt8(bitPattern: $0) }
    return String(decoding: path, as: UTF8.self)
  }

  /// The part of a path before its last slash.
  package static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
