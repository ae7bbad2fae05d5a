import Glibc

/// Identifies one version of a file, or of a directory and its names.
///
/// It relies on ctime, which the kernel sets at each change and which, unlike mtime, cannot be set
/// back. Two changes within one clock tick, a few milliseconds, may have the same ctime.
package struct FileStamp: Hashable, Sendable {
  /// The inode number.
  package let inode: UInt64
  /// The size in bytes.
  package let size: Int64
  /// The ctime, in nanoseconds since 1970-01-01T00:00:00Z.
  package let changed: Int64

  package init(inode: UInt64, size: Int64, changed: Int64) {
    self.inode = inode
    self.size = size
    self.changed = changed
  }

  init(_ status: stat) {
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
    changed = Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
  }
}
