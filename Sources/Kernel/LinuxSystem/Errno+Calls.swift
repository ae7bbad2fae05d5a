import CLinux
import Glibc
@_exported public import SystemErrors

extension Errno {
  /// The number that the last failed call of this thread left behind.
  public static var current: Errno { Errno(rawValue: errno) }
}

extension Errno: CustomStringConvertible {
  /// The sentence for this number, such as "File exists".
  public var description: String {
    guard let sentence = unsafe clinux_errno_description(rawValue) else {
      return "Unknown error \(rawValue)"
    }
    return unsafe String(cString: sentence)
  }
}
