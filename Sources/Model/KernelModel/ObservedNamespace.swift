/// What tells a namespace from others, as the kernel says it.
public struct ObservedNamespace: Hashable, Sendable {
  /// Device number of the namespace file system.
  public let device: UInt64
  /// Inode number.
  public let inode: UInt64
  /// SO_NETNS_COOKIE; 0 where the kernel has none.
  public let cookie: UInt64

  /// Takes every member.
  public init(device: UInt64, inode: UInt64, cookie: UInt64) {
    self.device = device
    self.inode = inode
    self.cookie = cookie
  }

  /// The cookie, or where the kernel has none the inode number.
  public var number: UInt64 { cookie == 0 ? inode : cookie }
}

/// A namespace held open.
public struct OpenNamespace: Hashable, Sendable {
  /// For use in steps.
  public let handle: NamespaceHandle
  /// Which namespace it is.
  public let identity: ObservedNamespace

  /// Takes every member.
  public init(handle: NamespaceHandle, identity: ObservedNamespace) {
    self.handle = handle
    self.identity = identity
  }
}
