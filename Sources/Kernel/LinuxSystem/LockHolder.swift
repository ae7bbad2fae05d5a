import Glibc

/// The process that holds a lock.
public struct LockHolder: Hashable, Sendable {
  /// Its number.
  public let process: Int32
  /// Its command line; empty when it is not to be seen.
  public let command: String
  /// Whether it is stopped, as by SIGSTOP or a debugger, and so lets nobody in.
  public let isStopped: Bool

  /// Finds who holds the lock of flock(2) on a file (`/proc/locks`, proc_locks(5)); nil when nobody
  /// does, or nobody that this process can see.
  init?(ofLockOn file: borrowing OwnedDescriptor) {
    var status = stat()
    guard unsafe fstat(file.rawValue, &status) == 0,
      let locks = try? SystemFile.text("/proc/locks")
    else { return nil }
    // As makedev(3) puts them together.
    let device = status.st_dev
    let (major, minor) = (device >> 8 & 0xfff, device & 0xff | device >> 12 & 0xfff00)
    let name = "\(Self.hexadecimal(major)):\(Self.hexadecimal(minor)):\(status.st_ino)"
    for row in locks.split(separator: "\n") {
      // `1: FLOCK ADVISORY WRITE process device:inode …`; an arrow before the kind is for one that waits.
      let fields = row.split(separator: " ")
      guard fields.count > 5, fields[1] == "FLOCK", fields[5] == name else { continue }
      guard let process = Int32(fields[4]), process > 0 else { return nil }
      self.init(process: process)
      return
    }
    return nil
  }

  private static func hexadecimal(_ number: UInt) -> String {
    (number < 16 ? "0" : "") + String(number, radix: 16)
  }

  private init(process: Int32) {
    let arguments = (try? SystemFile.text("/proc/\(process)/cmdline")) ?? ""
    let state = (try? SystemFile.text("/proc/\(process)/stat")) ?? ""
    self.process = process
    command = arguments.split(separator: "\0").joined(separator: " ")
    // The state follows the name, in which anything may stand.
    let afterName = state.lastIndex(of: ")").map { state[$0...].dropFirst(2) }
    isStopped = afterName?.first.map { "Tt".contains($0) } ?? false
  }
}
