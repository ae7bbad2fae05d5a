/// The identity of a namespace as observed.
public struct ObservedNamespace: Hashable, Sendable {
  /// The device number of the namespace file system.
  public let device: UInt64
  /// The inode number.
  public let inode: UInt64
  /// SO_NETNS_COOKIE; 0 where the kernel has none.
  public let cookie: UInt64

  package init(device: UInt64, inode: UInt64, cookie: UInt64) {
    self.device = device
    self.inode = inode
    self.cookie = cookie
  }

  /// The cookie, or the inode number where the kernel has none.
  public var number: UInt64 { cookie == 0 ? inode : cookie }
}

/// An open namespace.
public struct OpenNamespace: Hashable, Sendable {
  /// The handle for steps.
  public let handle: NamespaceHandle
  /// Its identity.
  public let identity: ObservedNamespace

  package init(handle: NamespaceHandle, identity: ObservedNamespace) {
    self.handle = handle
    self.identity = identity
  }
}
