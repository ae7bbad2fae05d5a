/// An error that wraps the error number of a failed system call.
package protocol SystemError: Error {
  /// Wraps an error number without further details.
  init(_ errno: Errno)
}

extension Errno: SystemError {
  /// Stores the number.
  package init(_ errno: Errno) {
    self = errno
  }
}
