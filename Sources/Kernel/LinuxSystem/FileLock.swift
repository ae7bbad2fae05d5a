import CLinux
import Glibc

/// An exclusive lock (flock(2)), released when the value is destroyed or the process exits.
package struct FileLock: ~Copyable, Sendable {
  /// Why the lock could not be acquired.
  package enum Failure: Error, Hashable, Sendable {
    /// The lock file cannot be opened or locked.
    case refused(Errno)
    /// Another process held it throughout; nil if it cannot be determined which.
    case held(LockHolder?)
  }

  private let descriptor: FileDescriptor

  /// How often a waiting process checks who holds the lock.
  private static let interval = Duration.milliseconds(500)

  private init(owning descriptor: consuming FileDescriptor) {
    self.descriptor = descriptor
  }

  /// Waits until no other process holds the lock file `name`, which is created if missing.
  ///
  /// A queue is waited for while it moves: `timeout` applies to each holder. Holders that are
  /// invisible, such as those in another PID namespace, count as one.
  package static func acquire(
    _ name: String, in directory: borrowing Directory, timeout: Duration
  ) throws(Failure) -> FileLock {
    let descriptor = try openFile(name, in: directory)
    let interval = min(interval, timeout)
    let milliseconds = UInt32(interval / .milliseconds(1))
    var timeout = LockTimeout(timeout, askedEvery: interval)
    while clinux_lock(descriptor.rawValue, milliseconds) != 0 {
      guard Errno.current == .interrupted else { throw .refused(.current) }
      let holder = LockHolder(ofLockOn: descriptor)
      if timeout.ends(with: holder?.process) { throw .held(holder) }
    }
    return FileLock(owning: descriptor)
  }

  /// Lets a process that waits for the lock file `name` take it first, if there is one. Otherwise a
  /// process that takes the lock again at once is mostly faster than those that it wakes.
  package static func giveWay(_ name: String, in directory: borrowing Directory) {
    guard directory.contains(name), let descriptor = try? openFile(name, in: directory) else {
      return
    }
    clinux_let_others_lock(descriptor.rawValue, UInt32(interval / .milliseconds(1)))
  }

  /// Takes the lock file `name`, which is created if missing; nil if a process holds it now.
  package static func attempt(
    _ name: String, in directory: borrowing Directory
  ) throws(Errno) -> FileLock? {
    let descriptor = try directory.openForUpdate(name)
    if flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 { return FileLock(owning: descriptor) }
    guard Errno.current == .tryAgain else { throw .current }
    return nil
  }

  /// Whether a process holds the lock file `name` now. Tested with a shared lock, which is released
  /// at once.
  package static func isHeld(_ name: String, in directory: borrowing Directory) throws(Errno)
    -> Bool
  {
    guard directory.contains(name) else { return false }
    let descriptor = try directory.openForReading(name)
    if flock(descriptor.rawValue, LOCK_SH | LOCK_NB) == 0 { return false }
    guard Errno.current == .tryAgain else { throw .current }
    return true
  }

  private static func openFile(
    _ name: String, in directory: borrowing Directory
  ) throws(Failure) -> FileDescriptor {
    do throws(Errno) {
      do throws(Errno) {
        return try directory.openForUpdate(name)
      } catch {
        // Locking needs no write access, and not every change writes.
        guard error == .readOnlyFileSystem else { throw error }
        return try directory.openForReading(name)
      }
    } catch {
      throw .refused(error)
    }
  }
}

/// How long to wait for each successive holder.
struct LockTimeout {
  private let limit: Duration
  private let interval: Duration
  private var holder: Int32?
  private var waited = Duration.zero

  init(_ limit: Duration, askedEvery interval: Duration) {
    self.limit = limit
    self.interval = interval
  }

  /// Adds one interval during which `present` held the lock; returns whether the timeout is
  /// reached.
  mutating func ends(with present: Int32?) -> Bool {
    waited = present == holder ? waited + interval : interval
    holder = present
    return waited >= limit
  }
}
