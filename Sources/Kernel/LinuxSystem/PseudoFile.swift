import Glibc

/// Files that the kernel generates on reading, under `/proc` and `/sys`.
package enum PseudoFile {
  /// Reads the whole file, without the trailing newline.
  package static func read(_ path: String) throws(Errno) -> String {
    let file = try open(path, O_RDONLY | O_CLOEXEC)
    var bytes = try file.readToEnd()
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes `text` in a single call, as such files require.
  package static func write(_ text: String, to path: String) throws(Errno) {
    try open(path, O_WRONLY | O_CLOEXEC).writeAll(Array(text.utf8))
  }

  private static func open(_ path: String, _ flags: Int32) throws(Errno) -> FileDescriptor {
    FileDescriptor(owning: try checked(unsafe Glibc.open(path, flags)))
  }
}
