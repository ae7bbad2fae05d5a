import CLinux
import Glibc

/// An exclusive lock (flock(2)) that ends with its value, and with the process at the latest.
public struct FileLock: ~Copyable, Sendable {
  /// Why a lock was not had.
  public enum Failure: Error, Hashable, Sendable {
    /// The lock file cannot be opened or locked.
    case refused(Errno)
    /// Another process kept it all the time; nil when that one is not to be seen.
    case held(LockHolder?)
  }

  private let descriptor: OwnedDescriptor

  /// How often a waiting process looks who holds the lock.
  private static let interval = Duration.milliseconds(500)

  private init(owning descriptor: consuming OwnedDescriptor) {
    self.descriptor = descriptor
  }

  /// Waits until no other process holds the lock file `name`, which is made when absent.
  ///
  /// A queue is waited for as long as it moves: `patience` is for one holder. Holders that are not to
  /// be seen, as those of another PID namespace, count as one.
  public static func acquire(
    _ name: String, in directory: borrowing Directory, patience: Duration
  ) throws(Failure) -> FileLock {
    let descriptor = try openFile(name, in: directory)
    let interval = min(interval, patience)
    let milliseconds = UInt32(interval / .milliseconds(1))
    var patience = LockPatience(patience, askedEvery: interval)
    while clinux_lock(descriptor.rawValue, milliseconds) != 0 {
      guard Errno.current == .interrupted else { throw .refused(.current) }
      let holder = LockHolder(ofLockOn: descriptor)
      if patience.ends(with: holder?.process) { throw .held(holder) }
    }
    return FileLock(owning: descriptor)
  }

  /// Whether a process holds the lock file `name` now. It is looked at by a shared lock, which ends
  /// at once.
  public static func isHeld(_ name: String, in directory: borrowing Directory) throws(Errno) -> Bool
  {
    guard directory.contains(name) else { return false }
    let descriptor = try directory.openForReading(name)
    if flock(descriptor.rawValue, LOCK_SH | LOCK_NB) == 0 { return false }
    guard Errno.current == .tryAgain else { throw .current }
    return true
  }

  private static func openFile(
    _ name: String, in directory: borrowing Directory
  ) throws(Failure) -> OwnedDescriptor {
    do throws(Errno) {
      do throws(Errno) {
        return try directory.openForUpdate(name)
      } catch {
        // A lock needs nothing written, and not every change writes.
        guard error == .readOnlyFileSystem else { throw error }
        return try directory.openForReading(name)
      }
    } catch {
      throw .refused(error)
    }
  }
}

/// How long one holder after the other is waited for.
struct LockPatience {
  private let limit: Duration
  private let interval: Duration
  private var holder: Int32?
  private var waited = Duration.zero

  init(_ limit: Duration, askedEvery interval: Duration) {
    self.limit = limit
    self.interval = interval
  }

  /// Counts one more interval during which `present` held the lock; whether that is enough.
  mutating func ends(with present: Int32?) -> Bool {
    waited = present == holder ? waited + interval : interval
    holder = present
    return waited >= limit
  }
}
