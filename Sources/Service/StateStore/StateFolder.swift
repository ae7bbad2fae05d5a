import LinuxSystem
import NetworkModel

/// The state folder, read without a lock: every file is replaced whole, so a reader sees each as it
/// was before or after a change.
public final class StateFolder: Sendable {
  /// Where it is.
  public let path: String
  let root: Directory
  /// The boot whose kernel objects the records speak of.
  let boot: String

  private init(path: String, root: consuming Directory, boot: String) {
    self.path = path
    self.root = root
    self.boot = boot
  }

  /// Opens the folder; nil when there is none yet.
  public static func open(_ path: String, boot: String) throws(StateError) -> StateFolder? {
    let root: Directory
    do throws(Errno) {
      root = try Directory.openOwn(path)
    } catch {
      if error == .noEntry { return nil }
      throw .folder(path: path, error)
    }
    try checkPlace(of: root, path)
    return StateFolder(path: path, root: root, boot: boot)
  }

  private static func checkPlace(
    of root: borrowing Directory, _ path: String
  ) throws(StateError) {
    let levels: Int?
    do throws(Errno) {
      levels = try root.levelsToUnsafeAncestor()
    } catch {
      throw .folder(path: path, error)
    }
    guard let levels else { return }
    throw .unsafePlace(folder: path, ancestor: Directory.ancestor(of: path, levels: levels))
  }

  /// Makes the folder (mode 0700) with what is in it, and opens it; parents are made too.
  public static func make(_ path: String, boot: String) throws(StateError) -> StateFolder {
    let root: Directory
    do throws(Errno) {
      try Directory.makePath(path)
      root = try Directory.openOwn(path)
    } catch {
      throw .folder(path: path, error)
    }
    try checkPlace(of: root, path)
    do throws(Errno) {
      for folder in Layout.folders { try root.makeDirectory(folder) }
    } catch {
      throw .folder(path: path, error)
    }
    return StateFolder(path: path, root: root, boot: boot)
  }

  /// Whether the predefined networks have been recorded.
  public var isInitialised: Bool { root.contains(Layout.host) }

  /// How long one process may hold the lock before those that wait for it give up: far longer than
  /// any command needs it.
  private static let patience = Duration.seconds(15)

  /// Takes the lock that every change needs; waits for those that hold it before. A signal that would
  /// end the process in the middle of the change ends it afterwards.
  public func locked<Result, Failure: Error>(
    _ body: (borrowing LockedState) throws(Failure) -> Result,
    orThrow failure: (StateError) -> Failure
  ) throws(Failure) -> Result {
    let state: LockedState
    do throws(StateError) {
      state = try LockedState(folder: self, lock: try acquireLock())
    } catch {
      throw failure(error)
    }
    return try body(state)
  }

  /// Whether a process has the lock now.
  public func isLocked() throws(StateError) -> Bool {
    do throws(Errno) {
      return try FileLock.isHeld(Layout.lock, in: root)
    } catch {
      throw .unreadable(file: Layout.lock, error)
    }
  }

  private func acquireLock() throws(StateError) -> FileLock {
    do throws(FileLock.Failure) {
      return try FileLock.acquire(Layout.lock, in: root, patience: Self.patience)
    } catch {
      switch error {
      case .refused(let errno): throw .unwritable(file: Layout.lock, errno)
      case .held(let holder):
        throw .locked(
          folder: path, process: holder?.process, command: holder?.command ?? "",
          isStopped: holder?.isStopped ?? false)
      }
    }
  }

  func contents(of file: String) throws(StateError) -> [UInt8]? {
    do throws(Errno) {
      return try root.contents(of: file)
    } catch {
      if error == .noEntry { return nil }
      throw .unreadable(file: file, error)
    }
  }

  func names(in folder: String) throws(StateError) -> [String] {
    do throws(Errno) {
      return try root.directory(folder).names()
    } catch {
      if error == .noEntry { return [] }
      throw .unreadable(file: folder, error)
    }
  }
}
