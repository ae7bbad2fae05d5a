/// A sysctl and the value to write.
public struct Sysctl: Hashable, Sendable {
  /// What a network loses without the value.
  public enum Purpose: Hashable, Sendable {
    /// It does not work.
    case function
    /// It works, and is less protected.
    case protection
    /// It works, but host processes do not reach published ports through loopback addresses.
    case loopbackAccess
    /// It works, and new addresses may take seconds to be reachable.
    case promptness
  }

  /// What is set.
  public let key: SysctlKey
  /// The value.
  public let value: String
  /// Whether a missing key counts as success, because the value only disables something.
  public let isOptional: Bool
  /// Decides what happens where `/proc/sys` is read-only.
  public let purpose: Purpose

  package init(
    _ key: SysctlKey, _ value: String, isOptional: Bool = false, for purpose: Purpose = .function
  ) {
    self.key = key
    self.value = value
    self.isOptional = isOptional
    self.purpose = purpose
  }
}

extension [Sysctl] {
  /// The settings that others have, and these leave to the kernel.
  public func dropped(from others: [Sysctl]) -> [Sysctl] {
    others.filter { other in !contains { $0.key == other.key } }
  }
}
