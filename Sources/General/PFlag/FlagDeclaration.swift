/// The untyped part of a flag: spelling, help, and value parsing.
package struct FlagDeclaration: Sendable {
  /// The name after the two dashes.
  package let name: String
  /// The letter after a single dash, if the flag has one.
  package let shorthand: Character?
  /// The kind of value the flag takes.
  package let type: FlagType
  /// The kind of its value, for completion.
  package let values: CompletionKind
  /// The description in help.
  package let usage: String
  /// The default as shown in help; nil to omit it.
  package let shownDefault: String?
  /// The replacement of the shorthand if it is deprecated.
  package let shorthandReplacement: String?
  /// Whether the flag is hidden from help.
  package let isHidden: Bool

  let convert: @Sendable (String) throws(ConversionError) -> any Sendable
  /// The value if the flag is given without one; then a value can only follow an equals sign.
  let impliedValue: String?

  init(
    name: String, shorthand: Character?, type: FlagType, values: CompletionKind = .anything,
    usage: String, shownDefault: String? = nil, impliedValue: String? = nil,
    shorthandReplacement: String? = nil, isHidden: Bool = false,
    convert: @escaping @Sendable (String) throws(ConversionError) -> any Sendable
  ) {
    self.name = name
    self.shorthand = shorthand
    self.type = type
    self.values = values
    self.usage = usage
    self.shownDefault = shownDefault
    self.shorthandReplacement = shorthandReplacement
    self.isHidden = isHidden
    self.convert = convert
    self.impliedValue = type == .bool ? "true" : impliedValue
  }

  /// The byte of the shorthand; shorthands are ASCII.
  var shorthandByte: UInt8? { shorthand?.asciiValue }
}
