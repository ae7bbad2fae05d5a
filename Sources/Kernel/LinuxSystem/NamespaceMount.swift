import CLinux
import Glibc

/// A path of a network namespace by which other programs find it: a mount on a file in a directory
/// that only root can change.
package enum NamespaceMount {
  /// Mounts a namespace on the file `name` in the directory at `path`, which is made if it is
  /// missing. Succeeds if the namespace is mounted there already. Throws EEXIST if the file is
  /// anything else, and EPERM if others could exchange it.
  package static func make(
    _ namespace: borrowing NetworkNamespace, _ name: String, in path: String
  ) throws(Errno) {
    _ = try Directory.makePath(path)
    let directory = try Directory.open(path, ownedBy: 0)
    if try directory.levelsToUnsafeAncestor() != nil { throw .notPermitted }
    let target = "\(path)/\(name)"
    if directory.contains(name) {
      if try FileIdentity.at(target) == namespace.identity { return }
      // An interrupted command may have left the file without the mount.
      guard try directory.contents(of: name).isEmpty else { throw .fileExists }
    } else {
      try directory.write([], to: name, durable: false)
    }
    guard unsafe clinux_mount_file(namespace.descriptor.rawValue, target) == 0 else {
      let errno = Errno.current
      try? directory.remove(name)
      throw errno
    }
  }

  /// Takes the namespace off the file at `path` and removes the file; succeeds if it is gone.
  package static func remove(_ path: String) throws(Errno) {
    if unsafe clinux_unmount_file(path) != 0 {
      let errno = Errno.current
      if errno == .noSuchFileOrDirectory { return }
      // EINVAL: nothing is mounted there.
      guard errno == .invalidArgument else { throw errno }
    }
    if unsafe unlink(path) != 0, Errno.current != .noSuchFileOrDirectory { throw .current }
  }
}
