/// A sysctl and the value to write.
public struct Sysctl: Hashable, Sendable {
  /// The components below `/proc/sys`; an interface name may contain a dot.
  public let path: [String]
  /// The value.
  public let value: String
  /// Whether a missing key counts as success, because the value only disables something.
  public let isOptional: Bool

  package init(_ path: [String], _ value: String, isOptional: Bool = false) {
    self.path = path
    self.value = value
    self.isOptional = isOptional
  }
}
