/// A flag, declared once with the type of its value.
///
/// A command lists the flag's `declaration`; the caller reads the value from the parsed flags with
/// the flag itself as the key, so that name and type are written only once.
package struct Flag<Value: Sendable>: Sendable {
  /// The untyped part of the flag.
  package let declaration: FlagDeclaration
  /// The value when the flag is not given.
  package let defaultValue: Value

  let combine: @Sendable ([any Sendable]) -> Value?

  init(declaration: FlagDeclaration, defaultValue: Value) where Value == Bool {
    self.declaration = declaration
    self.defaultValue = defaultValue
    combine = { pieces in pieces.last as? Bool }
  }

  /// Creates a flag from the conversion of one occurrence and the combination of all of them.
  init<Piece: Sendable>(
    _ name: String, _ shorthand: Character?, _ type: FlagType, _ values: CompletionKind,
    _ usage: String,
    default defaultValue: Value, shownDefault: String? = nil, impliedValue: String? = nil,
    convert: @escaping @Sendable (String) throws(ConversionError) -> Piece,
    combine: @escaping @Sendable ([Piece]) -> Value?
  ) {
    declaration = FlagDeclaration(
      name: name, shorthand: shorthand, type: type, values: values, usage: usage,
      shownDefault: shownDefault, impliedValue: impliedValue,
      convert: { value throws(ConversionError) in try convert(value) })
    self.defaultValue = defaultValue
    self.combine = { pieces in combine(pieces.compactMap { $0 as? Piece }) }
  }
}
