import Glibc

/// Standard input, output and error.
package enum StandardDescriptors {
  /// Opens `/dev/null` as those of them that are closed, as Go's runtime does: otherwise the next
  /// file that is opened gets the number, and what is meant for a terminal is written into it.
  /// Throws what open(2) does. To be called before anything else is opened.
  package static func openMissing() throws(Errno) {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest number that is free is this one.
      _ = try checked(unsafe open("/dev/null", O_RDWR))
    }
  }
}
