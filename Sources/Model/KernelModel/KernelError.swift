/// The kernel refused a step or an observation.
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
  /// The error number (errno(3)).
  public let code: Int32
  /// The kernel's sentence.
  public let explanation: String

  /// Whether the caller lacks a capability (EPERM).
  public var isPermissionRefused: Bool { code == 1 }

  /// Whether the kernel does not know what was asked for (EPROTONOSUPPORT, EOPNOTSUPP, EAFNOSUPPORT).
  public var isFeatureMissing: Bool { [93, 95, 97].contains(code) }

  /// Whether what was waited for did not come in time (ETIMEDOUT).
  public var isTimeout: Bool { code == 110 }

  /// Takes every member.
  public init(_ operation: Operation, code: Int32, explanation: String) {
    self.operation = operation
    self.code = code
    self.explanation = explanation
  }
}
