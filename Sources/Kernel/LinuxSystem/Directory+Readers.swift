import CLinux
import Glibc

extension Directory {
  // New files get the group of the directory.
  static let modeForReaders = S_ISGID | 0o750
  static let fileModeForReaders: mode_t = 0o640

  /// Lets the members of a group read this directory and everything in it; with nil, its owner
  /// alone if it had such readers. Returns whether that changed anything; then the directory has to
  /// be opened again, so that what is created in it is for the same readers.
  package func admit(readers group: UInt32?) throws(Errno) -> Bool {
    let status = try descriptor.status()
    if group == nil && !status.hasReaders || status.hasReaders && status.st_gid == group {
      return false
    }
    try admit(group)
    return true
  }

  // The directory itself comes last: its mode tells that the rest is done.
  private func admit(_ group: UInt32?) throws(Errno) {
    for name in try names() {
      guard let status = status(of: name) else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: try directory(name).admit(group)
      case S_IFREG:
        let file = descriptor.rawValue
        _ = try checked(unsafe fchownat(file, name, .max, group ?? 0, AT_SYMLINK_NOFOLLOW))
        let mode = group == nil ? 0o600 : Self.fileModeForReaders
        _ = try checked(unsafe fchmodat(file, name, mode, 0))
      default: continue
      }
    }
    _ = try checked(fchown(descriptor.rawValue, .max, group ?? 0))
    _ = try checked(fchmod(descriptor.rawValue, group == nil ? 0o700 : Self.modeForReaders))
  }
}

extension stat {
  /// Whether it is a directory that netctl has opened for the members of its group.
  var hasReaders: Bool { st_mode & S_ISGID != 0 && st_mode & S_IRGRP != 0 }
}
