import KernelModel

/// Interface names that a user chooses with an option.
package enum ChosenNames {
  private static let keys = [
    BridgeOptions.nameKey, BridgeOptions.interfacePrefixKey, BridgeOptions.trustedInterfacesKey,
    EndpointOptions.interfaceNameKey,
  ]

  /// Refuses names with invisible characters that could control a terminal or reverse text. The
  /// kernel accepts them, so reading a record must too; nobody chooses them in good faith.
  package static func check(_ options: [String: String]) throws(OptionError) {
    for key in keys {
      guard let value = options[key], value.unicodeScalars.contains(where: isHidden) else {
        continue
      }
      throw .interfaceName(key: key, value: value, .hiddenCharacter)
    }
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
