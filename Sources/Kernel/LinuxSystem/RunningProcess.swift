import Glibc

/// A process as `/proc` shows it.
package struct RunningProcess: Sendable {
  package let identity: ProcessIdentity
  /// The arguments, with the program's name first.
  package let arguments: [String]

  /// The live processes of a user with a command name (`/proc/PID/comm`), by ID.
  package static func all(called command: String, of user: UInt32) -> [RunningProcess] {
    guard let names = try? Directory.open("/proc").names() else { return [] }
    return names.compactMap { Int32($0) }.sorted().compactMap { number in
      let folder = "/proc/\(number)"
      var status = stat()
      guard (try? PseudoFile.read(folder + "/comm")) == command,
        unsafe stat(folder, &status) == 0, status.st_uid == user,
        let identity = ProcessIdentity(ofLive: number),
        let arguments = try? PseudoFile.read(folder + "/cmdline")
      else { return nil }
      return RunningProcess(
        identity: identity, arguments: arguments.split(separator: "\0").map(String.init))
    }
  }
}
