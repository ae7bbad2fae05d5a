/// A set of general categories, by its name in Unicode.
struct UnicodeCategory: Sendable {
  /// nil for all characters, assigned or not.
  private let members: Set<Unicode.GeneralCategory>?

  /// Looks up `Lu`, `L` or `Any`; nil for a category name unknown to Go.
  init?(_ name: String) {
    if name == "Any" {
      members = nil
      return
    }
    let members = Self.names.filter { $0.key.hasPrefix(name) && 1...2 ~= name.utf8.count }
    guard !members.isEmpty else { return nil }
    self.members = Set(members.values)
  }

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    members?.contains(scalar.properties.generalCategory) ?? true
  }

  private static let names: [String: Unicode.GeneralCategory] = [
    "Cc": .control, "Cf": .format, "Co": .privateUse, "Cs": .surrogate,
    "Ll": .lowercaseLetter, "Lm": .modifierLetter, "Lo": .otherLetter, "Lt": .titlecaseLetter,
    "Lu": .uppercaseLetter, "Mc": .spacingMark, "Me": .enclosingMark, "Mn": .nonspacingMark,
    "Nd": .decimalNumber, "Nl": .letterNumber, "No": .otherNumber, "Pc": .connectorPunctuation,
    "Pd": .dashPunctuation, "Pe": .closePunctuation, "Pf": .finalPunctuation,
    "Pi": .initialPunctuation, "Po": .otherPunctuation, "Ps": .openPunctuation,
    "Sc": .currencySymbol, "Sk": .modifierSymbol, "Sm": .mathSymbol, "So": .otherSymbol,
    "Zl": .lineSeparator, "Zp": .paragraphSeparator, "Zs": .spaceSeparator,
  ]
}
