/// An error that a failed system call can be turned into.
public protocol SystemError: Error {
  /// Wraps the number of a failed call that has nothing more to say.
  init(_ errno: Errno)
}

extension Errno: SystemError {
  /// Keeps the number.
  public init(_ errno: Errno) {
    self = errno
  }
}
