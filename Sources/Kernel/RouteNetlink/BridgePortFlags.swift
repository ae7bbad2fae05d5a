/// Changes to the flags of a bridge port; nil leaves a flag as it is.
package struct BridgePortFlags: Hashable, Sendable {
  /// Isolates the port from other isolated ports.
  package var isolated: Bool?

  /// Enables hairpin mode.
  package var hairpin: Bool?

  /// Makes the bridge learn source addresses on the port.
  package var learning: Bool?

  /// Drops frames whose source is not in the forwarding database for the port. Ignored by Linux
  /// before 5.18.
  package var locked: Bool?

  /// Lets frames to unknown addresses leave by the port.
  package var floods: Bool?

  /// Changes only the given flags.
  package init(
    isolated: Bool? = nil, hairpin: Bool? = nil, learning: Bool? = nil, locked: Bool? = nil,
    floods: Bool? = nil
  ) {
    self.isolated = isolated
    self.hairpin = hairpin
    self.learning = learning
    self.locked = locked
    self.floods = floods
  }
}
