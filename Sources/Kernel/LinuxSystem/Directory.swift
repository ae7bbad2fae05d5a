import Glibc

/// An open directory. Every file operation below it is relative to this descriptor and follows no
/// symbolic link in the last component (openat(2), O_NOFOLLOW).
public struct Directory: ~Copyable, Sendable {
  /// The end of the names of files that are not complete yet.
  public static let temporarySuffix = ".new"

  private let descriptor: OwnedDescriptor
  /// Whether it and what is opened in it has to belong to this process's user, or to root.
  private let isOwn: Bool

  private init(owning descriptor: consuming OwnedDescriptor, isOwn: Bool = false) {
    self.descriptor = descriptor
    self.isOwn = isOwn
  }

  /// Opens the directory at `path`. Throws ENOENT, ENOTDIR, EACCES and what else open(2) names.
  public static func open(_ path: String) throws(Errno) -> Directory {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
    let result = unsafe Glibc.open(path, flags)
    return Directory(owning: OwnedDescriptor(owning: try checked(result)))
  }

  /// Opens the directory at `path`, which is this user's: a symbolic link is refused with ELOOP, and
  /// with EPERM whatever belongs to somebody who is neither this process's user nor root, or may be
  /// written to by everybody, be it the directory or a file in it.
  public static func openOwn(_ path: String) throws(Errno) -> Directory {
    // A slash at the end would lead through a link.
    let name = String(path.trimmingSlashes())
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW
    let result = unsafe Glibc.open(name.isEmpty ? path : name, flags)
    var status = stat()
    // The kernel says of a link only that it is no directory.
    if result < 0, Errno.current == .notDirectory, unsafe lstat(name, &status) == 0,
      status.st_mode & S_IFMT == S_IFLNK
    {
      throw .tooManySymbolicLinks
    }
    let descriptor = OwnedDescriptor(owning: try checked(result))
    try checkOwnership(of: descriptor)
    return Directory(owning: descriptor, isOwn: true)
  }

  private static func checkOwnership(of file: borrowing OwnedDescriptor) throws(Errno) {
    var status = stat()
    _ = try checked(unsafe fstat(file.rawValue, &status))
    let isOwn = status.st_uid == 0 || status.st_uid == geteuid()
    // With the sticky bit everybody may add files, which are then somebody else's.
    let isOpen = status.st_mode & (S_IWOTH | S_ISVTX) == S_IWOTH
    if !isOwn || isOpen { throw .permission }
  }

  /// Makes the directory at `path` with mode 0700, and those above it with mode 0755; those that
  /// exist already are success.
  public static func makePath(_ path: String) throws(Errno) {
    try makePath(path, mode: 0o700)
  }

  private static func makePath(_ path: String, mode: mode_t) throws(Errno) {
    if unsafe mkdir(path, mode) == 0 || Errno.current == .exists { return }
    guard Errno.current == .noEntry, let parent = parent(of: path) else { throw .current }
    try makePath(parent, mode: 0o755)
    if unsafe mkdir(path, mode) != 0 && Errno.current != .exists { throw .current }
  }

  /// The path without its last component and the slashes around it; nil when nothing is left.
  private static func parent(of path: String) -> String? {
    let withoutEnd = path.trimmingSlashes()
    guard let slash = withoutEnd.lastIndex(of: "/") else { return nil }
    let parent = withoutEnd[..<slash].trimmingSlashes()
    return parent.isEmpty ? nil : String(parent)
  }

  /// Opens the directory `name` inside this one; a symbolic link is refused with ELOOP or ENOTDIR.
  public func directory(_ name: String) throws(Errno) -> Directory {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW
    return Directory(owning: try openFile(name, flags: flags), isOwn: isOwn)
  }

  /// Makes the directory `name` with mode 0700; one that exists already is success.
  public func makeDirectory(_ name: String) throws(Errno) {
    let result = unsafe mkdirat(descriptor.rawValue, name, 0o700)
    if result != 0 && Errno.current != .exists { throw .current }
  }

  /// Reads the whole regular file `name`. A symbolic link is refused with ELOOP.
  public func contents(of name: String) throws(Errno) -> [UInt8] {
    try openForReading(name).readToEnd()
  }

  /// Creates the file `name` (mode 0600) with `bytes`, or replaces what an interrupted writer left.
  /// With `durable` the bytes are on stable storage when the call returns (fsync(2)); its name is
  /// only after `sync()`.
  public func write(_ bytes: [UInt8], to name: String, durable: Bool) throws(Errno) {
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW
    let file = try openFile(name, flags: flags)
    do throws(Errno) {
      try file.writeAll(bytes)
      if durable { _ = try checked(fsync(file.rawValue)) }
    } catch {
      try? remove(name)
      throw error
    }
  }

  /// Replaces the file `name` by `bytes` so that a reader sees the old or the new file, never a
  /// part (rename(2)).
  public func replace(_ name: String, with bytes: [UInt8], durable: Bool = false) throws(Errno) {
    let temporary = name + Self.temporarySuffix
    try write(bytes, to: temporary, durable: durable)
    do throws(Errno) {
      try move(temporary, to: name, in: self)
    } catch {
      try? remove(temporary)
      throw error
    }
  }

  /// Opens the file `name` for reading. A symbolic link is refused with ELOOP.
  func openForReading(_ name: String) throws(Errno) -> OwnedDescriptor {
    try openFile(name, flags: O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
  }

  /// Opens `name` for appending and for rewriting parts in place, making it when absent.
  public func openForUpdate(_ name: String) throws(Errno) -> OwnedDescriptor {
    try openFile(name, flags: O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW)
  }

  /// Moves the entry `name` to `newName` in `destination`, replacing a file there (renameat(2)).
  public func move(
    _ name: String, to newName: String, in destination: borrowing Directory
  ) throws(Errno) {
    _ = try checked(
      unsafe renameat(descriptor.rawValue, name, destination.descriptor.rawValue, newName))
  }

  /// Removes the file `name`; one that is gone already is success.
  public func remove(_ name: String) throws(Errno) {
    try unlink(name, flags: 0)
  }

  /// Removes the empty directory `name`; one that is gone already is success.
  public func removeDirectory(_ name: String) throws(Errno) {
    try unlink(name, flags: AT_REMOVEDIR)
  }

  /// Brings the names in this directory to stable storage (fsync(2)).
  public func sync() throws(Errno) {
    _ = try checked(fsync(descriptor.rawValue))
  }

  /// The names in this directory without `.` and `..`, in bytewise order.
  public func names() throws(Errno) -> [String] {
    // A descriptor of its own: closedir closes it, and its offset is not shared.
    let copy = try checked(
      unsafe openat(descriptor.rawValue, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    guard let stream = unsafe fdopendir(copy) else {
      let errno = Errno.current
      close(copy)
      throw errno
    }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        let length = unsafe strnlen(bytes.baseAddress!, bytes.count)
        return unsafe String(decoding: bytes[..<length], as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// What the symbolic link `name` says; nil when it is none. Longer texts are cut.
  func link(_ name: String) -> String? {
    var length = -1
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
      length = unsafe readlinkat(
        descriptor.rawValue, name, buffer.baseAddress!, buffer.count)
      count = max(0, length)
    }
    return length < 0 ? nil : String(decoding: bytes, as: UTF8.self)
  }

  /// Whether `name` is a directory; a symbolic link to one is not.
  public func isDirectory(_ name: String) -> Bool {
    status(of: name).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
  }

  /// What tells whether `name` is still as it is now; nil when there is no such file.
  public func stamp(of name: String) -> FileStamp? { status(of: name).map { FileStamp($0) } }

  private func status(of name: String) -> stat? {
    var status = stat()
    let result = unsafe fstatat(descriptor.rawValue, name, &status, AT_SYMLINK_NOFOLLOW)
    return result == 0 ? status : nil
  }

  /// Whether `name` exists, whatever it is.
  public func contains(_ name: String) -> Bool {
    unsafe faccessat(descriptor.rawValue, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0
  }

  private func openFile(_ name: String, flags: Int32) throws(Errno) -> OwnedDescriptor {
    let result = unsafe openat(descriptor.rawValue, name, flags, 0o600)
    let file = OwnedDescriptor(owning: try checked(result))
    if isOwn { try Self.checkOwnership(of: file) }
    return file
  }

  private func unlink(_ name: String, flags: Int32) throws(Errno) {
    let result = unsafe unlinkat(descriptor.rawValue, name, flags)
    if result != 0 && Errno.current != .noEntry { throw .current }
  }
}

extension StringProtocol {
  fileprivate func trimmingSlashes() -> SubSequence {
    self[..<(lastIndex { $0 != "/" }.map(index(after:)) ?? startIndex)]
  }
}
