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

  /// Opens a file at a path relative to `directory`. Never blocks, even on a pipe, device or
  /// terminal. Throws what `check` does of its status.
  static func open(
    _ path: String, in directory: Int32, flags: Int32,
    _ check: (stat) throws(Errno) -> Void = { _ throws(Errno) in }
  ) throws(Errno) -> OpenFile {
    let flags = flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    let file = FileDescriptor(
      owning: try checked(unsafe openat(directory, path, flags, 0o600)))
    let status = try file.status()
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .isDirectory
    // The error of open(2) for a socket, and for a pipe without a reader.
    default: throw .noSuchDeviceOrAddress
    }
    try check(status)
    return OpenFile(file: file, size: Int(status.st_size))
  }

  /// A file and the size that it had when it was opened.
  package struct OpenFile: ~Copyable {
    package let file: FileDescriptor
    private let size: Int

    fileprivate init(file: consuming FileDescriptor, size: Int) {
      self.file = file
      self.size = size
    }

    /// Reads the whole file, from its beginning. Throws EFBIG for more than `limit` bytes.
    package func contents(upTo limit: Int) throws(Errno) -> [UInt8] {
      try file.readToEnd(ofSize: size, upTo: limit)
    }
  }
}
