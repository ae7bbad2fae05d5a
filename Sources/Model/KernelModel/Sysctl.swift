/// A value under `/proc/sys` of the namespace it is written in.
public struct Sysctl: Hashable, Sendable {
  /// The components below `/proc/sys`; an interface name may contain a dot.
  public let path: [String]
  /// The text written.
  public let value: String
  /// Whether a kernel that does not have it is as good: it switches off what is not there.
  public let isOptional: Bool

  /// Takes every member.
  public init(_ path: [String], _ value: String, isOptional: Bool = false) {
    self.path = path
    self.value = value
    self.isOptional = isOptional
  }
}
