/// What is wrong with a flag on the command line.
public enum FlagError: Error, Equatable, Sendable {
  /// No such flag.
  case unknown(name: String)
  /// No such letter; `group` is the rest of the argument from this letter on.
  case unknownShorthand(Unicode.Scalar, group: String)
  /// The flag stands last and lacks its value.
  case valueMissing(name: String)
  /// The letter stands last and lacks its value.
  case shorthandValueMissing(Unicode.Scalar, group: String)
  /// Two dashes followed by something that cannot be a name.
  case malformed(argument: String)
  /// The flag does not take this value.
  case invalidValue(String, name: String, shorthand: Character?, ConversionError)
}
