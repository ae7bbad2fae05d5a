import Glibc

/// Files with stored contents, as opposed to the kernel's pseudo-files.
package enum RegularFile {
  /// The largest file that is read, in bytes.
  package static let largestSize = 64 * 1024 * 1024

  /// Reads the whole file at `path`, following symbolic links. Throws EISDIR for a directory, ENXIO
  /// for any other file that is not regular, and EFBIG for more than `largestSize` bytes.
  package static func contents(of path: String) throws(Errno) -> [UInt8] {
    try open(path, in: AT_FDCWD, flags: O_RDONLY).contents(upTo: largestSize)
  }

  /// The stamp of the file at `path`, following symbolic links; nil if it does not exist.
  package static func stamp(of path: String) -> FileStamp? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? FileStamp(status) : nil
  }

  /// Opens a file at a path relative to `directory`, and returns its status too. Never blocks, even
  /// on a pipe, device or terminal.
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
    // The error of open(2) for a socket, and for a pipe without a reader.
    default: throw .noSuchDeviceOrAddress
    }
  }

  struct OpenFile: ~Copyable {
    let file: FileDescriptor
    let status: stat

    func contents(upTo limit: Int) throws(Errno) -> [UInt8] {
      try file.readToEnd(ofSize: Int(status.st_size), upTo: limit)
    }
  }
}
