/// The word that stands for the MTU of the host's uplink, the link of its default route.
package enum AutomaticMTU {
  /// The word.
  package static let word = "auto"

  /// Whether a network's options ask for it.
  package static func isWanted(_ options: [String: String]) -> Bool {
    options[OptionReader.mtuKey] == word
  }

  /// The options of a network that are in the way of that MTU; nil is the driver's default.
  package static func optionsToRemove(
    from options: [String: String], for mtu: UInt32?
  ) -> [String] {
    mtu == nil && options[OptionReader.mtuKey] != nil ? [OptionReader.mtuKey] : []
  }

  /// The options with a number of bytes in its place; nil for the driver's default.
  package static func replaced(
    in options: [String: String], by mtu: UInt32?
  ) -> [String: String] {
    var options = options
    options[OptionReader.mtuKey] = mtu.map { String($0) }
    return options
  }
}
