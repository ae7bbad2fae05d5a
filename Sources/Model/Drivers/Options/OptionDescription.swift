import Addressing

/// A driver option as users may set it.
package struct OptionDescription: Hashable, Sendable {
  /// The values an option takes.
  package enum Values: Hashable, Sendable {
    /// Any string.
    case any
    /// `true` or `false`.
    case boolean
    /// One of these; some only on an internal network.
    case words([String], onlyInternal: Set<String> = [])
    /// A new name of interfaces, or its beginning.
    case interfaceName
    /// Interfaces of the host.
    case interfaces
  }

  package let key: String
  /// What it takes.
  package let values: Values
  /// A short description.
  package let summary: String

  package init(_ key: String, _ values: Values, _ summary: String) {
    self.key = key
    self.values = values
    self.summary = summary
  }

  /// Refuses interface names with invisible characters that could control a terminal or reverse
  /// text. The kernel accepts them, so reading a record must too; nobody chooses them in good
  /// faith.
  package static func checkNames(
    in options: [String: String], of descriptions: [OptionDescription]
  ) throws(OptionError) {
    for description in descriptions
    where [.interfaceName, .interfaces].contains(description.values) {
      guard let value = options[description.key], value.unicodeScalars.contains(where: isHidden)
      else { continue }
      throw .interfaceName(key: description.key, value: value, .hiddenCharacter)
    }
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
