/// Changes to the flags of a bridge port; nil leaves a flag as it is.
package struct BridgePortFlags: Hashable, Sendable {
  /// Isolates the port from other isolated ports.
  package var isolated: Bool?

  /// Enables hairpin mode.
  package var hairpin: Bool?

  /// Makes the bridge learn source addresses on the port.
  package var learning: Bool?

  /// Changes only the given flags.
  package init(isolated: Bool? = nil, hairpin: Bool? = nil, learning: Bool? = nil) {
    self.isolated = isolated
    self.hairpin = hairpin
    self.learning = learning
  }
}
