package import LinuxSystem

/// Why the kernel refused a request.
package struct NetlinkError: SystemError, Hashable {
  /// The error number.
  package let errno: Errno

  /// The kernel's extended error message for this refusal, if any.
  package let message: String?

  /// The position of the refused message in its batch, starting at 0.
  package let batchIndex: Int?

  /// The offset of the refused attribute from the start of its message.
  package let attributeOffset: Int?

  /// Describes a refusal.
  package init(
    _ errno: Errno, message: String?, batchIndex: Int? = nil, attributeOffset: Int? = nil
  ) {
    self.errno = errno
    self.message = message
    self.batchIndex = batchIndex
    self.attributeOffset = attributeOffset
  }

  /// Wraps an error number without further details.
  package init(_ errno: Errno) {
    self.init(errno, message: nil)
  }
}

extension NetlinkError: CustomStringConvertible {
  /// The message for the number, followed by the kernel's own in parentheses.
  package var description: String {
    guard let message else { return errno.description }
    return "\(errno) (\(message))"
  }
}
