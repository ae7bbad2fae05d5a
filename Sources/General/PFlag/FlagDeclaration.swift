/// What a command knows of one of its flags: spelling, help, and how a value is read.
public struct FlagDeclaration: Sendable {
  /// The name after the two dashes.
  public let name: String
  /// The letter after a single dash, if the flag has one.
  public let shorthand: Character?
  /// The kind of value the flag takes.
  public let type: FlagType
  /// What its value stands for.
  public let values: WordKind
  /// What help says about the flag.
  public let usage: String
  /// The default as help shows it, `nil` where it is not worth a word.
  public let shownDefault: String?
  /// What to use instead of the shorthand, if the shorthand is on its way out.
  public let shorthandReplacement: String?
  /// Whether help leaves the flag out.
  public let isHidden: Bool

  let convert: @Sendable (String) throws(ConversionError) -> any Sendable

  init(
    name: String, shorthand: Character?, type: FlagType, values: WordKind = .anything,
    usage: String, shownDefault: String? = nil,
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
  }

  /// The value the flag has when it is given without one; only booleans have it.
  var impliedValue: String? { type == .bool ? "true" : nil }

  /// The byte of the shorthand; shorthands are ASCII.
  var shorthandByte: UInt8? { shorthand?.asciiValue }
}
