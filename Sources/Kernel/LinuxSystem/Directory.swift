import CLinux
import Glibc

/// An open directory. Every file operation below it is relative to this descriptor and follows no
/// symbolic link in the last component (openat(2), O_NOFOLLOW).
package struct Directory: ~Copyable, Sendable {
  /// The suffix of files that are still being written.
  package static let temporarySuffix = ".new"

  let descriptor: FileDescriptor
  /// The user who, besides root, may own it and the files opened in it; nil if anybody may.
  private let owner: uid_t?
  /// Whether the members of its group may read what is created in it.
  private let hasReaders: Bool

  private init(
    owning descriptor: consuming FileDescriptor, owner: uid_t? = nil, hasReaders: Bool = false
  ) {
    self.descriptor = descriptor
    self.owner = owner
    self.hasReaders = hasReaders
  }

  /// Whether there is anything at `path`.
  package static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Whether `path` leads to a socket.
  package static func isSocket(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
  }

  /// Opens the directory at `path`. Throws ENOENT, ENOTDIR, EACCES and the other errors of open(2).
  package static func open(_ path: String) throws(Errno) -> Directory {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
    let result = unsafe Glibc.open(path, flags)
    return Directory(owning: FileDescriptor(owning: try checked(result)))
  }

  /// Opens the directory at `path`, which must be this user's; see `open(_:ownedBy:)`.
  package static func openOwn(_ path: String) throws(Errno) -> Directory {
    try open(path, ownedBy: geteuid())
  }

  /// Opens the directory at `path`, which must belong to a user or to root. Throws ELOOP for a
  /// symbolic link, and EPERM if the directory, or later a directory or file opened in it, belongs
  /// to anybody else, or is writable by others.
  package static func open(_ path: String, ownedBy owner: UInt32) throws(Errno) -> Directory {
    // A trailing slash would follow a symbolic link.
    let name = String(path.trimmingSlashes())
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW
    let result = unsafe Glibc.open(name.isEmpty ? path : name, flags)
    var status = stat()
    // For a symbolic link the kernel only reports that it is not a directory.
    if result < 0, Errno.current == .notDirectory, unsafe lstat(name, &status) == 0,
      status.st_mode & S_IFMT == S_IFLNK
    {
      throw .tooManySymbolicLinks
    }
    let descriptor = FileDescriptor(owning: try checked(result))
    let found = try descriptor.status()
    try checkOwnership(found, owner)
    return Directory(owning: descriptor, owner: owner, hasReaders: found.hasReaders)
  }

  private static func checkOwnership(_ status: stat, _ owner: uid_t) throws(Errno) {
    let isOwn = status.st_uid == 0 || status.st_uid == owner
    if !isOwn || status.isOpenToOthers { throw .notPermitted }
  }

  /// How many levels up the nearest ancestor is through which another user could replace this
  /// directory, because it belongs to another user or is writable by others; nil if there is none.
  package func levelsToUnsafeAncestor() throws(Errno) -> Int? {
    var (path, level, below) = ("..", 1, try descriptor.status())
    while true {
      var status = stat()
      _ = try checked(unsafe fstatat(descriptor.rawValue, path, &status, 0))
      // The root is its own parent.
      if status.st_ino == below.st_ino && status.st_dev == below.st_dev { return nil }
      let isOwn = [0, geteuid(), Self.unmappedUser].contains(status.st_uid)
      if !isOwn || status.isOpenToOthers { return level }
      (path, level, below) = (path + "/..", level + 1, status)
    }
  }

  // The overflow UID: in a user namespace, the owner of whatever belongs to unmapped users, such as
  // the root directory (user_namespaces(7)).
  private static let unmappedUser: uid_t = 65534

  /// The directory `levels` above the one at `path`, with symbolic links resolved.
  package static func ancestor(of path: String, levels: Int) -> String {
    let relative = path + String(repeating: "/..", count: levels)
    guard let absolute = unsafe realpath(relative, nil) else { return relative }
    defer { unsafe free(absolute) }
    return unsafe String(cString: absolute)
  }

  /// Creates the directory at `path` with mode 0700, or 0755 for everybody to read, and missing
  /// parents with mode 0755; existing ones are accepted. Returns the paths of those that were
  /// missing, parents first.
  package static func makePath(
    _ path: String, forEverybody isPublic: Bool = false
  ) throws(Errno) -> [String] {
    var created: [String] = []
    do throws(Errno) {
      try makePath(path, mode: isPublic ? 0o755 : 0o700, &created)
    } catch {
      removeEmpty(created)
      throw error
    }
    return created
  }

  private static func makePath(
    _ path: String, mode: mode_t, _ created: inout [String]
  ) throws(Errno) {
    if unsafe mkdir(path, mode) == 0 { return created.append(path) }
    if Errno.current == .fileExists { return }
    guard Errno.current == .noSuchFileOrDirectory, let parent = parent(of: path) else {
      throw .current
    }
    try makePath(parent, mode: 0o755, &created)
    if unsafe mkdir(path, mode) == 0 { return created.append(path) }
    if Errno.current != .fileExists { throw .current }
  }

  /// Removes what `makePath` created, as far as nobody has put anything into it.
  package static func removeEmpty(_ created: [String]) {
    for path in created.reversed() where unsafe rmdir(path) != 0 { return }
  }

  /// The path without its last component and surrounding slashes; nil when nothing is left.
  private static func parent(of path: String) -> String? {
    let withoutEnd = path.trimmingSlashes()
    guard let slash = withoutEnd.lastIndex(of: "/") else { return nil }
    let parent = withoutEnd[..<slash].trimmingSlashes()
    return parent.isEmpty ? nil : String(parent)
  }

  /// Opens the directory `name` inside this one; a symbolic link is refused with ELOOP or ENOTDIR.
  package func directory(_ name: String) throws(Errno) -> Directory {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW
    let result = unsafe openat(descriptor.rawValue, name, flags)
    let directory = FileDescriptor(owning: try checked(result))
    if let owner { try Self.checkOwnership(try directory.status(), owner) }
    return Directory(owning: directory, owner: owner, hasReaders: hasReaders)
  }

  /// Throws EPERM if the directory `name` belongs to another user or is writable by others, who
  /// could exchange the files in it: they are opened by path from here.
  package func checkOwnership(ofDirectory name: String) throws(Errno) {
    guard let status = status(of: name), status.st_mode & S_IFMT == S_IFDIR else { return }
    try Self.checkOwnership(status, geteuid())
  }

  /// Creates the directory `name` with mode 0700, or for the readers of this one, too; succeeds if
  /// it exists.
  package func makeDirectory(_ name: String) throws(Errno) {
    let result = unsafe mkdirat(descriptor.rawValue, name, 0o700)
    if result != 0 && Errno.current != .fileExists { throw .current }
    if result == 0 && hasReaders {
      _ = try checked(unsafe fchmodat(descriptor.rawValue, name, Self.modeForReaders, 0))
    }
  }

  /// Creates the directory at `path`, which everybody may read; succeeds if it exists.
  package static func makePublic(_ path: String) throws(Errno) {
    let result = unsafe mkdir(path, 0o755)
    if result != 0 && Errno.current != .fileExists { throw .current }
    // Whatever the umask.
    if result == 0 { _ = try checked(unsafe chmod(path, 0o755)) }
  }

  /// Creates the directory `name`, which everybody may read; succeeds if it exists.
  package func makePublicDirectory(_ name: String) throws(Errno) {
    try makeDirectory(name)
    _ = try checked(unsafe fchmodat(descriptor.rawValue, name, 0o755, 0))
  }

  /// Reads the whole regular file `name`. Throws ELOOP for a symbolic link, EFBIG for more than
  /// `limit` bytes, and otherwise the same errors as `RegularFile`.
  package func contents(
    of name: String, upTo limit: Int = RegularFile.largestSize
  ) throws(Errno) -> [UInt8] {
    try openRegularFile(name, flags: O_RDONLY).contents(upTo: limit)
  }

  /// Connects to the socket `name`. Throws ELOOP for a symbolic link, and the errors of
  /// `LocalStream`.
  package func connect(to name: String, until deadline: Deadline) throws(Errno) -> LocalStream {
    let entry = FileDescriptor(
      owning: try checked(unsafe clinux_open_entry(descriptor.rawValue, name)))
    let status = try entry.status()
    if status.st_mode & S_IFMT == S_IFLNK { throw .tooManySymbolicLinks }
    // The owner decides who may listen on it; access is restricted by its mode.
    if let owner, status.st_uid != 0 && status.st_uid != owner { throw .notPermitted }
    return try LocalStream.connect(
      to: .path("/proc/thread-self/fd/\(entry.rawValue)"), until: deadline)
  }

  /// Creates the file `name` (mode 0600, or 0640 in a directory with readers) with `bytes`,
  /// replacing anything of that name except a directory. With `durable` the contents are on stable
  /// storage on return (fsync(2)); the directory entry is only after `sync()`.
  package func write(_ bytes: [UInt8], to name: String, durable: Bool) throws(Errno) {
    let file = try createFile(name)
    do throws(Errno) {
      try file.writeAll(bytes)
      if durable { _ = try checked(fsync(file.rawValue)) }
    } catch {
      try? remove(name)
      throw error
    }
  }

  /// Replaces the file `name` by `bytes` atomically (rename(2)).
  package func replace(_ name: String, with bytes: [UInt8], durable: Bool = false) throws(Errno) {
    let temporary = name + Self.temporarySuffix
    try write(bytes, to: temporary, durable: durable)
    do throws(Errno) {
      try move(temporary, to: name, in: self)
    } catch {
      try? remove(temporary)
      throw error
    }
  }

  /// Creates the file `name` atomically with `bytes`, for everybody to read.
  package func createPublicFile(_ name: String, with bytes: [UInt8]) throws(Errno) {
    let temporary = name + Self.temporarySuffix
    let file = try createFile(temporary)
    do throws(Errno) {
      try file.writeAll(bytes)
      _ = try checked(fchmod(file.rawValue, 0o644))
      try move(temporary, to: name, in: self)
    } catch {
      try? remove(temporary)
      throw error
    }
  }

  /// Opens the existing regular file `name` for overwriting parts in place. Throws ELOOP for a
  /// symbolic link.
  package func openForEditing(_ name: String) throws(Errno) -> FileDescriptor {
    try openFile(name, flags: O_RDWR)
  }

  /// The same with its status.
  package func openFileForEditing(_ name: String) throws(Errno) -> RegularFile.OpenFile {
    try openRegularFile(name, flags: O_RDWR)
  }

  /// The same in the directory `folder` of this one, which has to be opened as somebody's own:
  /// nobody else can exchange that directory, so its ownership is checked by name. Throws ELOOP if
  /// it is a symbolic link.
  package func openFileForEditing(
    _ name: String, in folder: String
  ) throws(Errno) -> RegularFile.OpenFile {
    guard let owner, let status = status(of: folder) else { throw .noSuchFileOrDirectory }
    if status.st_mode & S_IFMT == S_IFLNK { throw .tooManySymbolicLinks }
    try Self.checkOwnership(status, owner)
    return try openRegularFile("\(folder)/\(name)", flags: O_RDWR)
  }

  /// Opens the regular file `name` for reading. Throws ELOOP for a symbolic link.
  func openForReading(_ name: String) throws(Errno) -> FileDescriptor {
    try openFile(name, flags: O_RDONLY)
  }

  /// Opens `name` for appending and for overwriting parts in place; creates it if missing.
  package func openForUpdate(_ name: String) throws(Errno) -> FileDescriptor {
    try openFile(name, flags: O_RDWR | O_CREAT)
  }

  /// Moves the entry `name` to `newName` in `destination`, replacing a file there (renameat(2)).
  package func move(
    _ name: String, to newName: String, in destination: borrowing Directory
  ) throws(Errno) {
    _ = try checked(
      unsafe renameat(descriptor.rawValue, name, destination.descriptor.rawValue, newName))
  }

  /// Removes the file `name`; succeeds if it is already gone.
  package func remove(_ name: String) throws(Errno) {
    try unlink(name, flags: 0)
  }

  /// Removes the empty directory `name`; succeeds if it is already gone.
  package func removeDirectory(_ name: String) throws(Errno) {
    try unlink(name, flags: AT_REMOVEDIR)
  }

  /// Flushes this directory's entries to stable storage (fsync(2)).
  package func sync() throws(Errno) {
    _ = try checked(fsync(descriptor.rawValue))
  }

  /// The names in this directory without `.` and `..`, in bytewise order. Not for two threads at a
  /// time, since the position in the directory is this descriptor's.
  package func names() throws(Errno) -> [String] {
    guard lseek(descriptor.rawValue, 0, SEEK_SET) >= 0 else { throw .current }
    var names: [String] = []
    while case let entries = try readEntries(), !entries.isEmpty {
      var offset = 0
      while offset < entries.count {
        let length = unsafe entries.withUnsafeBytes { bytes in
          unsafe bytes.loadUnaligned(fromByteOffset: offset + 16, as: UInt16.self)
        }
        // Behind inode, position, length and type (getdents64(2)).
        let name = entries[(offset + 19)..<(offset + Int(length))].prefix { $0 != 0 }
        let text = String(decoding: name, as: UTF8.self)
        if text != "." && text != ".." { names.append(text) }
        offset += Int(length)
      }
    }
    return names.sorted()
  }

  private func readEntries() throws(Errno) -> [UInt8] {
    let capacity = 32 * 1024
    var result = 0
    let entries = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      result = unsafe clinux_directory_entries(
        descriptor.rawValue, buffer.baseAddress!, buffer.count)
      count = max(0, result)
    }
    if result < 0 { throw .current }
    return entries
  }

  /// Whether `name` is a symbolic link.
  package func isSymbolicLink(_ name: String) -> Bool {
    status(of: name).map { $0.st_mode & S_IFMT == S_IFLNK } ?? false
  }

  /// The target of the symbolic link `name`; nil if it is not one. Longer targets are truncated.
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
  package func isDirectory(_ name: String) -> Bool {
    status(of: name).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
  }

  /// A stamp (inode, size, ctime) that changes when the file does; nil if the file does not exist.
  package func stamp(of name: String) -> FileStamp? { status(of: name).map { FileStamp($0) } }

  func status(of name: String) -> stat? {
    var status = stat()
    let result = unsafe fstatat(descriptor.rawValue, name, &status, AT_SYMLINK_NOFOLLOW)
    return result == 0 ? status : nil
  }

  /// Whether this process may write to the file or directory at `path` (faccessat(2)).
  package static func isWritable(_ path: String) -> Bool {
    unsafe faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0
  }

  /// The path of the directory that an absolute path is in.
  package static func parent(of path: String) -> String {
    let parent = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
    return parent.isEmpty ? "/" : String(parent)
  }

  /// Whether an entry `name` of any type exists.
  package func contains(_ name: String) -> Bool {
    unsafe faccessat(descriptor.rawValue, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0
  }

  private func openFile(_ name: String, flags: Int32) throws(Errno) -> FileDescriptor {
    let opened = try openRegularFile(name, flags: flags)
    return opened.file
  }

  private func openRegularFile(
    _ name: String, flags: Int32
  ) throws(Errno) -> RegularFile.OpenFile {
    var isForReaders = false
    let opened = try RegularFile.open(name, in: descriptor.rawValue, flags: flags | O_NOFOLLOW) {
      status throws(Errno) in
      if let owner { try Self.checkOwnership(status, owner) }
      isForReaders = hasReaders && flags & O_CREAT != 0 && status.st_mode & S_IRGRP == 0
    }
    if isForReaders { _ = try checked(fchmod(opened.file.rawValue, Self.fileModeForReaders)) }
    return opened
  }

  private func createFile(_ name: String) throws(Errno) -> FileDescriptor {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
    var result = unsafe openat(descriptor.rawValue, name, flags, 0o600)
    if result < 0, Errno.current == .fileExists {
      try remove(name)
      result = unsafe openat(descriptor.rawValue, name, flags, 0o600)
    }
    let file = FileDescriptor(owning: try checked(result))
    if hasReaders { _ = try checked(fchmod(file.rawValue, Self.fileModeForReaders)) }
    return file
  }

  private func unlink(_ name: String, flags: Int32) throws(Errno) {
    let result = unsafe unlinkat(descriptor.rawValue, name, flags)
    if result != 0 && Errno.current != .noSuchFileOrDirectory { throw .current }
  }
}

extension stat {
  /// Whether the group or others may write to it, access control lists included (acl(5)). A
  /// directory with the sticky bit does not count: there they may add files of their own but not
  /// touch those of others.
  fileprivate var isOpenToOthers: Bool {
    let isSticky = st_mode & S_IFMT == S_IFDIR && st_mode & S_ISVTX != 0
    return st_mode & (S_IWGRP | S_IWOTH) != 0 && !isSticky
  }
}

extension StringProtocol {
  fileprivate func trimmingSlashes() -> SubSequence {
    self[..<(lastIndex { $0 != "/" }.map(index(after:)) ?? startIndex)]
  }
}
