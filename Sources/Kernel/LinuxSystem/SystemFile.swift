import Glibc

/// Files that the kernel makes up when they are read, under `/proc` and `/sys`.
public enum SystemFile {
  /// Reads the whole file, without the newline at its end.
  public static func text(_ path: String) throws(Errno) -> String {
    let file = try open(path, O_RDONLY | O_CLOEXEC)
    var bytes = try file.readToEnd()
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes `text` in one call, as such files want it.
  public static func write(_ text: String, to path: String) throws(Errno) {
    try open(path, O_WRONLY | O_CLOEXEC).writeAll(Array(text.utf8))
  }

  private static func open(_ path: String, _ flags: Int32) throws(Errno) -> OwnedDescriptor {
    OwnedDescriptor(owning: try checked(unsafe Glibc.open(path, flags)))
  }
}
