public import SystemErrors

/// An operation that the kernel refused.
public struct KernelError: Error, Hashable, Sendable {
  /// What was refused.
  public enum Operation: Hashable, Sendable {
    /// A change.
    case step(KernelStep)
    /// Reading links, addresses or routes.
    case observe(String)
    /// Opening the namespace at a path.
    case openNamespace(String)
  }

  /// What was refused.
  public let operation: Operation
  /// The reason.
  public let errno: Errno
  /// The kernel's message.
  public let explanation: String

  /// Whether the caller lacks a capability (EPERM).
  public var isPermissionRefused: Bool { errno == .notPermitted }

  /// Whether the kernel does not support the operation (EPROTONOSUPPORT, EOPNOTSUPP, EAFNOSUPPORT).
  public var isFeatureMissing: Bool {
    [.protocolNotSupported, .notSupported, .addressFamilyNotSupported].contains(errno)
  }

  /// Whether what was to be written is read-only (EROFS).
  public var isReadOnly: Bool { errno == .readOnlyFileSystem }

  /// Whether a wait timed out (ETIMEDOUT).
  public var isTimeout: Bool { errno == .timedOut }

  package init(_ operation: Operation, errno: Errno, explanation: String) {
    self.operation = operation
    self.errno = errno
    self.explanation = explanation
  }
}
