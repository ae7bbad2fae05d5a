import Glibc

/// An exclusive lock (flock(2)) that ends with its value, and with the process at the latest.
public struct FileLock: ~Copyable, Sendable {
  private let descriptor: OwnedDescriptor

  private init(owning descriptor: consuming OwnedDescriptor) {
    self.descriptor = descriptor
  }

  /// Waits until no other process holds the lock file `name`, which is made when absent.
  public static func acquire(
    _ name: String, in directory: borrowing Directory
  ) throws(Errno) -> FileLock {
    let descriptor = try directory.openForUpdate(name)
    while flock(descriptor.rawValue, LOCK_EX) != 0 {
      if Errno.current != .interrupted { throw .current }
    }
    return FileLock(owning: descriptor)
  }
}
