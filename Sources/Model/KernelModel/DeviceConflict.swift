public import Addressing

/// Why a network's device cannot have its name.
public enum DeviceConflict: Error, Hashable, Sendable {
  /// A link that is not of this kind has the name.
  case otherKind(InterfaceName, wanted: LinkKind)
  /// Another network's device has the name.
  case belongsToNetwork(InterfaceName, id: String)
  /// A link that netctl did not create has the name, and must not be adopted.
  case notManaged(InterfaceName)
}
