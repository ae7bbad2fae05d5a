import Glibc

/// The process that holds a lock.
package struct LockHolder: Hashable, Sendable {
  /// The process ID.
  package let process: Int32
  /// Its command line; empty if it is not visible.
  package let command: String
  /// Whether it is stopped, for example by SIGSTOP or a debugger, and so will not release the lock.
  package let isStopped: Bool

  /// Finds the holder of a file's flock(2) lock (`/proc/locks`, proc_locks(5)); nil when there is
  /// none, or none that this process can see.
  init?(ofLockOn file: borrowing FileDescriptor) {
    var status = stat()
    guard unsafe fstat(file.rawValue, &status) == 0,
      let locks = try? PseudoFile.read("/proc/locks")
    else { return nil }
    // Encoded as by makedev(3).
    let device = status.st_dev
    let (major, minor) = (device >> 8 & 0xfff, device & 0xff | device >> 12 & 0xfff00)
    let name = "\(Self.hexadecimal(major)):\(Self.hexadecimal(minor)):\(status.st_ino)"
    for row in locks.split(separator: "\n") {
      // `1: FLOCK ADVISORY WRITE process device:inode …`; an arrow before the type marks a waiting
      // process.
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
    let arguments = (try? PseudoFile.read("/proc/\(process)/cmdline")) ?? ""
    self.process = process
    command = arguments.split(separator: "\0").joined(separator: " ")
    isStopped = ProcessStatus(of: process)?.isStopped ?? false
  }
}
