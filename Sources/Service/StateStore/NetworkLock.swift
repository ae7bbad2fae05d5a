import LinuxSystem
package import NetworkModel

/// The right to change one network with the help of plugins, which may take any time: nothing else
/// is kept waiting meanwhile. It ends with the value or the process.
package struct NetworkLock: ~Copyable, Sendable {
  private let lock: FileLock

  init(_ lock: consuming FileLock) {
    self.lock = lock
  }
}

extension StateFolder {
  /// A holder may wait for a plugin that itself waits.
  private static let timeout = Duration.seconds(1 << 30)

  /// Locks a network, after waiting for the process that has locked it.
  package func lock(_ network: NetworkID) throws(StateError) -> NetworkLock {
    let file = Layout.lock(of: network)
    try makeLockFolder()
    do throws(FileLock.Failure) {
      return NetworkLock(try FileLock.acquire(file, in: root, timeout: Self.timeout))
    } catch {
      if case .refused(let errno) = error { throw .unwritable(file: file, errno) }
      throw .unwritable(file: file, .timedOut)
    }
  }

  /// Locks a network; nil while another process has locked it.
  package func lockIfFree(_ network: NetworkID) throws(StateError) -> NetworkLock? {
    let file = Layout.lock(of: network)
    try makeLockFolder()
    do throws(Errno) {
      guard let lock = try FileLock.attempt(file, in: root) else { return nil }
      return NetworkLock(lock)
    } catch {
      throw .unwritable(file: file, error)
    }
  }

  /// Whether a process has locked a network now.
  package func isLocked(_ network: NetworkID) -> Bool {
    (try? FileLock.isHeld(Layout.lock(of: network), in: root)) ?? false
  }

  private func makeLockFolder() throws(StateError) {
    do throws(Errno) {
      try root.makeDirectory(Layout.locks)
    } catch {
      throw .unwritable(file: Layout.locks, error)
    }
  }
}
