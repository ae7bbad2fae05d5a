/// The flags every program of this kind has.
public enum StandardFlags {
  /// Shows help; every command has it without declaring it.
  public static let help = Flag<Bool>(
    declaration: FlagDeclaration(
      name: "help", shorthand: "h", type: .bool, values: .boolean, usage: "Print usage",
      shorthandReplacement: "use --help", isHidden: true,
      convert: { text throws(ConversionError) in try boolean(text) }),
    defaultValue: false)

  /// Tells the version; only a program that declares it has it.
  public static let version = Flag.bool(
    "version", short: "v", help: "Print version information and quit")
}
