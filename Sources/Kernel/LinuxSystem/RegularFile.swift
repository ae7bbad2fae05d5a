import Glibc

/// Files with contents of their own, as opposed to those that the kernel makes up.
package enum RegularFile {
  /// The most bytes that are read.
  package static let largestSize = 64 * 1024 * 1024

  /// Reads the whole file at `path`, or the one that a symbolic link there leads to. Throws EISDIR
  /// for a directory, ENXIO for what else is no regular file, and EFBIG for more than `largestSize`
  /// bytes.
  package static func contents(of path: String) throws(Errno) -> [UInt8] {
    try open(path, in: AT_FDCWD, flags: O_RDONLY).file.readToEnd(upTo: largestSize)
  }

  /// Opens a file by a path that begins in `directory`, and gives its status. Nothing is waited
  /// for, be it a pipe, a device or a terminal.
  static func open(
    _ path: String, in directory: Int32, flags: Int32
  ) throws(Errno) -> OpenFile {
    let flags = flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    let file = FileDescriptor(
      owning: try checked(unsafe openat(directory, path, flags, 0o600)))
    let status = try file.status()
    switch status.st_mode & S_IFMT {
    case S_IFREG: return OpenFile(file: file, status: status)
    case S_IFDIR: throw .isDirectory
    // As open(2) says of a socket, and of a pipe that nobody reads.
    default: throw .noSuchDeviceOrAddress
    }
  }

  struct OpenFile: ~Copyable {
    let file: FileDescriptor
    let status: stat
  }
}
