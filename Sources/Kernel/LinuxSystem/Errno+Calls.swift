import CLinux
import Glibc
@_exported public import SystemErrors

extension Errno {
  /// The error number of the last failed call on this thread.
  package static var current: Errno { Errno(rawValue: errno) }
}

extension Errno: CustomStringConvertible {
  /// The message for this number, such as "File exists".
  public var description: String {
    guard let sentence = unsafe clinux_errno_description(rawValue) else {
      return "Unknown error \(rawValue)"
    }
    return unsafe String(cString: sentence)
  }
}
