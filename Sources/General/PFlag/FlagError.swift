/// What is wrong with a flag on the command line.
package enum FlagError: Error, Equatable, Sendable {
  /// No such flag.
  case unknown(name: String)
  /// An unknown shorthand; `group` is the rest of the argument from this letter on.
  case unknownShorthand(Unicode.Scalar, group: String)
  /// The flag is last and lacks its value.
  case valueMissing(name: String)
  /// The shorthand is last and lacks its value.
  case shorthandValueMissing(Unicode.Scalar, group: String)
  /// Two dashes followed by something that cannot be a name.
  case malformed(argument: String)
  /// The flag rejects this value.
  case invalidValue(String, name: String, shorthand: Character?, ConversionError)
}
