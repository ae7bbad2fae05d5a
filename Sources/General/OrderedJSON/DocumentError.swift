/// A member of a document that is missing or does not hold what it should.
public struct DocumentError: Error, Hashable, Sendable {
  /// What a member should hold.
  public enum Expectation: Hashable, Sendable {
    /// Anything at all.
    case value
    /// A text.
    case string
    /// `true` or `false`.
    case boolean
    /// An integer that fits the named type.
    case integer(type: String)
    /// A list.
    case array
    /// An object.
    case object
    /// The text of a value of the named type.
    case text(type: String)
  }

  /// Where the member stands, as `ipam.config[0].subnet`; empty for the document itself.
  public let path: String
  /// What the member should hold.
  public let expected: Expectation
  /// Whether there is no such member.
  public let isMissing: Bool

  /// Describes a fault at a path.
  public init(path: String, expected: Expectation, isMissing: Bool) {
    self.path = path
    self.expected = expected
    self.isMissing = isMissing
  }
}
