public import LinuxSystem

/// Why the kernel refused a request.
public struct NetlinkError: SystemError, Hashable {
  /// The error number.
  public let errno: Errno

  /// The kernel's own sentence about this refusal, when it gave one.
  public let message: String?

  /// The position of the refused message in its batch, counted from 0.
  public let batchIndex: Int?

  /// The distance of the refused attribute from the start of its message.
  public let attributeOffset: Int?

  /// Describes a refusal.
  public init(
    _ errno: Errno, message: String?, batchIndex: Int? = nil, attributeOffset: Int? = nil
  ) {
    self.errno = errno
    self.message = message
    self.batchIndex = batchIndex
    self.attributeOffset = attributeOffset
  }

  /// Wraps the number of a failed call that has nothing more to say.
  public init(_ errno: Errno) {
    self.init(errno, message: nil)
  }
}

extension NetlinkError: CustomStringConvertible {
  /// The sentence for the number, then the kernel's own in parentheses.
  public var description: String {
    guard let message else { return errno.description }
    return "\(errno) (\(message))"
  }
}
