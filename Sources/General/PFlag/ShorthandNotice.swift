/// The use of a deprecated shorthand.
package struct ShorthandNotice: Equatable, Sendable {
  /// The letter.
  package let shorthand: UInt8
  package let replacement: String

  /// The line for the user.
  package var text: String {
    "Flag shorthand -\(Character(Unicode.Scalar(shorthand))) has been deprecated, \(replacement)"
  }
}
