import Addressing
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

  /// The feature without which the kernel cannot create a link; nil if that is not the reason.
  public var missingFeature: KernelFeature? {
    guard isFeatureMissing, case .step(let step) = operation else { return nil }
    switch step {
    case .createDevice(let device): return device.kind.link.feature
    case .createEndpoint(let endpoint, _): return endpoint.link.kind?.feature
    default: return nil
    }
  }

  /// Whether what was to be written is read-only (EROFS).
  public var isReadOnly: Bool { errno == .readOnlyFileSystem }

  /// Whether something else uses what was to be used (EBUSY).
  public var isBusy: Bool { errno == .resourceBusy }

  /// Whether the kernel considers the request invalid (EINVAL).
  public var isInvalid: Bool { errno == .invalidArgument }

  /// Whether a wait timed out (ETIMEDOUT).
  public var isTimeout: Bool { errno == .timedOut }

  package init(_ operation: Operation, errno: Errno, explanation: String) {
    self.operation = operation
    self.errno = errno
    self.explanation = explanation
  }
}
