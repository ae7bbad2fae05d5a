import Glibc

/// What tells a file, or a directory with its names, from what it was at another time.
///
/// The kernel notes the moment of each change itself, and nobody can set it back, as the moment of
/// the last writing can be. Two changes between two ticks of its clock, a few milliseconds, may have
/// the same.
public struct FileStamp: Hashable, Sendable {
  /// Which file it is, as long as it exists.
  public let inode: UInt64
  /// How many bytes it has.
  public let size: Int64
  /// When it was last changed, in nanoseconds since 1970-01-01T00:00:00Z.
  public let changed: Int64

  /// Takes every member.
  public init(inode: UInt64, size: Int64, changed: Int64) {
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
