extension CharacterRanges {
  static let digit = CharacterRanges(pairs: "09")
  static let perlSpace = CharacterRanges(pairs: "\t\n\u{c}\r  ")
  static let word = CharacterRanges(pairs: "09AZ__az")

  /// The class of a letter escape, such as `\d`.
  static func perl(_ letter: Unicode.Scalar) -> CharacterRanges? {
    switch letter {
    case "d", "D": digit
    case "s", "S": perlSpace
    case "w", "W": word
    default: nil
    }
  }

  /// The class of a POSIX name, such as `alpha`.
  static func posix(_ name: String) -> CharacterRanges? {
    switch name {
    case "alnum": CharacterRanges(pairs: "09AZaz")
    case "alpha": CharacterRanges(pairs: "AZaz")
    case "ascii": CharacterRanges([0...0x7f])
    case "blank": CharacterRanges(pairs: "\t\t  ")
    case "cntrl": CharacterRanges([0...0x1f, 0x7f...0x7f])
    case "digit": digit
    case "graph": CharacterRanges(pairs: "!~")
    case "lower": CharacterRanges(pairs: "az")
    case "print": CharacterRanges(pairs: " ~")
    case "punct": CharacterRanges(pairs: "!/:@[`{~")
    case "space": CharacterRanges(pairs: "\t\r  ")
    case "upper": CharacterRanges(pairs: "AZ")
    case "word": word
    case "xdigit": CharacterRanges(pairs: "09AFaf")
    default: nil
    }
  }
}
