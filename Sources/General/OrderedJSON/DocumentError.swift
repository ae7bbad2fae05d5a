/// A member of a document that is missing or of the wrong type.
public struct DocumentError: Error, Hashable, Sendable {
  /// The expected type of a member.
  public enum Expectation: Hashable, Sendable {
    /// Any value.
    case value
    /// A string.
    case string
    /// `true` or `false`.
    case boolean
    /// An integer that fits the named type.
    case integer(type: String)
    /// An array.
    case array
    /// An object.
    case object
    /// The string form of a value of the named type.
    case text(type: String)
  }

  /// The path of the member, such as `ipam.config[0].subnet`; empty for the document itself.
  public let path: String
  /// The expected type.
  public let expected: Expectation
  /// Whether the member is missing.
  public let isMissing: Bool

  /// Describes an error at a path.
  public init(path: String, expected: Expectation, isMissing: Bool) {
    self.path = path
    self.expected = expected
    self.isMissing = isMissing
  }
}
