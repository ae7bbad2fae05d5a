/// A flag was given by a letter that is on its way out.
public struct ShorthandNotice: Equatable, Sendable {
  /// The letter.
  public let shorthand: UInt8
  /// What to write instead.
  public let replacement: String

  /// The line that tells the user.
  public var text: String {
    "Flag shorthand -\(Character(Unicode.Scalar(shorthand))) has been deprecated, \(replacement)"
  }
}
