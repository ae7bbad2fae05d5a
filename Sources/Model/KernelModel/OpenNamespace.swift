public import Addressing

/// An open namespace.
public struct OpenNamespace: Hashable, Sendable {
  /// The handle for steps.
  public let handle: NamespaceHandle
  /// Its identity.
  public let identity: NetworkNamespaceID

  package init(handle: NamespaceHandle, identity: NetworkNamespaceID) {
    self.handle = handle
    self.identity = identity
  }
}
