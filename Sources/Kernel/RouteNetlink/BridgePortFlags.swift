/// Changes to the flags of a bridge port; nil leaves a flag as it is.
public struct BridgePortFlags: Hashable, Sendable {
  /// Keeps the port from all other isolated ports.
  public var isolated: Bool?

  /// Lets frames leave through the port they came in.
  public var hairpin: Bool?

  /// Makes the bridge learn source addresses on the port.
  public var learning: Bool?

  /// Changes those flags that are given.
  public init(isolated: Bool? = nil, hairpin: Bool? = nil, learning: Bool? = nil) {
    self.isolated = isolated
    self.hairpin = hairpin
    self.learning = learning
  }
}
