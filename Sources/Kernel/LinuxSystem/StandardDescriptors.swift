import Glibc

/// Standard input, output and error.
package enum StandardDescriptors {
  /// Reads standard input to its end. Throws EFBIG if that is more than `limit` bytes.
  package static func readInput(upTo limit: Int) throws(Errno) -> [UInt8] {
    try FileDescriptor(owning: try checked(dup(STDIN_FILENO))).readToEnd(upTo: limit)
  }

  /// Opens `/dev/null` in place of those that are closed, as Go's runtime does: otherwise the next
  /// file to be opened gets that number, and output for the terminal is written to it. Throws the
  /// errors of open(2). Call this before anything else is opened.
  package static func openMissing() throws(Errno) {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      // open(2) returns the lowest free descriptor, which is this one.
      _ = try checked(unsafe open("/dev/null", O_RDWR))
    }
  }
}
