/// The flags every program of this kind has.
package enum StandardFlags {
  /// Prints help; every command has it without declaring it.
  package static let help = Flag<Bool>(
    declaration: FlagDeclaration(
      name: "help", shorthand: "h", type: .bool, values: .boolean, usage: "Print usage",
      shorthandReplacement: "use --help", isHidden: true,
      convert: { text throws(ConversionError) in try boolean(text) }),
    defaultValue: false)

  /// Prints the version; only for a program that declares it.
  package static let version = Flag.bool(
    "version", short: "v", help: "Print version information and quit")
}
