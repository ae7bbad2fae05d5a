/// A flag declared once, with the type of the value it yields.
///
/// A command lists the flag's `declaration`; whoever runs the command reads the value back from
/// the parse result with the flag itself as the key, so name and type are written in one place.
public struct Flag<Value: Sendable>: Sendable {
  /// What the command needs to know of the flag.
  public let declaration: FlagDeclaration
  /// The value when the flag is not given.
  public let defaultValue: Value

  let combine: @Sendable ([any Sendable]) -> Value?

  init(declaration: FlagDeclaration, defaultValue: Value) where Value == Bool {
    self.declaration = declaration
    self.defaultValue = defaultValue
    combine = { pieces in pieces.last as? Bool }
  }

  /// Makes a flag from the conversion of one occurrence and the union of all of them.
  init<Piece: Sendable>(
    _ name: String, _ shorthand: Character?, _ type: FlagType, _ values: WordKind, _ usage: String,
    default defaultValue: Value, shownDefault: String? = nil,
    convert: @escaping @Sendable (String) throws(ConversionError) -> Piece,
    combine: @escaping @Sendable ([Piece]) -> Value?
  ) {
    declaration = FlagDeclaration(
      name: name, shorthand: shorthand, type: type, values: values, usage: usage,
      shownDefault: shownDefault,
      convert: { value throws(ConversionError) in try convert(value) })
    self.defaultValue = defaultValue
    self.combine = { pieces in combine(pieces.compactMap { $0 as? Piece }) }
  }
}
