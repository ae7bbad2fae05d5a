import LinuxSystem
import NetworkModel

/// The state directory, for reading without a lock: files are replaced atomically, so a reader sees
/// each as it was before or after a change.
package final class StateFolder: Sendable {
  /// Where it is.
  package let path: String
  let root: Directory
  /// The boot that the records' kernel objects belong to.
  let boot: String

  private init(path: String, root: consuming Directory, boot: String) {
    self.path = path
    self.root = root
    self.boot = boot
  }

  /// Opens the directory; nil when it does not exist yet.
  package static func open(_ path: String, boot: String) throws(StateError) -> StateFolder? {
    let root: Directory
    do throws(Errno) {
      root = try Directory.openOwn(path)
    } catch {
      if error == .noSuchFileOrDirectory { return nil }
      throw .folder(path: path, error)
    }
    try checkPlace(of: root, path)
    try checkFolders(in: root)
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

  private static func checkFolders(in root: borrowing Directory) throws(StateError) {
    for folder in Layout.folders {
      do throws(Errno) {
        try root.checkOwnership(ofDirectory: folder)
      } catch {
        throw .unreadable(file: folder, error)
      }
    }
  }

  /// Creates the directory (mode 0700) with its subdirectories and opens it; parents are created
  /// too. Nothing is left of a directory that was created in an unsafe place.
  package static func make(_ path: String, boot: String) throws(StateError) -> StateFolder {
    let created: [String]
    do throws(Errno) {
      created = try Directory.makePath(path)
    } catch {
      throw .folder(path: path, error)
    }
    do throws(StateError) {
      guard let folder = try open(path, boot: boot) else {
        throw .folder(path: path, .noSuchFileOrDirectory)
      }
      try folder.makeFolders()
      return folder
    } catch {
      Directory.removeEmpty(created)
      throw error
    }
  }

  private func makeFolders() throws(StateError) {
    do throws(Errno) {
      for folder in Layout.folders { try root.makeDirectory(folder) }
    } catch {
      throw .folder(path: path, error)
    }
  }

  /// Whether the predefined networks have been recorded.
  package var isInitialised: Bool { root.contains(Layout.host) }

  /// The digest of the settings that the network `bridge` was recorded with, empty for Docker's
  /// defaults; nil if it cannot be read.
  package var defaultBridgeDigest: String? {
    guard root.contains(Layout.defaultBridge) else { return "" }
    guard let bytes = try? contents(of: Layout.defaultBridge) else { return nil }
    return try? DefaultBridgeDocument.decode(bytes, file: Layout.defaultBridge)
  }

  /// Lets the members of a group read the directory, or with nil its owner alone; returns whether
  /// that changed anything, and the directory has to be opened again.
  package func admit(readers group: UInt32?) throws(StateError) -> Bool {
    do throws(Errno) {
      return try root.admit(readers: group)
    } catch {
      throw .folder(path: path, error)
    }
  }

  /// How long a single process may hold the lock before waiting processes give up: far longer than
  /// any command needs.
  private static let timeout = Duration.seconds(15)

  /// Takes the lock that every change needs, after waiting for earlier holders. It is held as long
  /// as the returned value lives, and signals that would terminate the process are deferred until
  /// then.
  package func lock() throws(StateError) -> LockedState {
    try LockedState(folder: self, lock: try acquireLock())
  }

  /// Lets a process that waits for the lock take it first.
  package func giveWay() { FileLock.giveWay(Layout.lock, in: root) }

  /// Whether a process holds the lock now.
  package func isLocked() throws(StateError) -> Bool {
    do throws(Errno) {
      return try FileLock.isHeld(Layout.lock, in: root)
    } catch {
      throw .unreadable(file: Layout.lock, error)
    }
  }

  private func acquireLock() throws(StateError) -> FileLock {
    do throws(FileLock.Failure) {
      return try FileLock.acquire(Layout.lock, in: root, timeout: Self.timeout)
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
      if error == .noSuchFileOrDirectory { return nil }
      throw .unreadable(file: file, error)
    }
  }

  func names(in folder: String) throws(StateError) -> [String] {
    do throws(Errno) {
      return try root.directory(folder).names()
    } catch {
      if error == .noSuchFileOrDirectory { return [] }
      throw .unreadable(file: folder, error)
    }
  }
}
