/// Why a bridge name cannot be used.
public enum BridgeConflict: Error, Hashable, Sendable {
  /// A link of another kind has the name.
  case notABridge(InterfaceName)
  /// Another network's bridge has the name.
  case belongsToNetwork(InterfaceName, id: String)
  /// A bridge that netctl did not create has the name, and must not be adopted.
  case notManaged(InterfaceName)
}
