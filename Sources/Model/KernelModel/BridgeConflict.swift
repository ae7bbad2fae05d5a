/// Why a bridge cannot be had.
public enum BridgeConflict: Error, Hashable, Sendable {
  /// A link of another kind has the name.
  case notABridge(InterfaceName)
  /// Another network's bridge has the name.
  case belongsToNetwork(InterfaceName, id: String)
  /// A bridge that netctl did not make has the name, and may not serve.
  case notOurs(InterfaceName)
}
