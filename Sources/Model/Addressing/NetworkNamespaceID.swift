/// What tells a network namespace apart from all others of the same boot.
public struct NetworkNamespaceID: Hashable, Sendable {
  /// The device number of the namespace file system.
  public let device: UInt64
  /// The inode number; the kernel reuses it once this namespace is gone.
  public let inode: UInt64
  /// The kernel's cookie (SO_NETNS_COOKIE, Linux 5.14), which is not reused; 0 where the kernel has
  /// none.
  public let cookie: UInt64

  package init(device: UInt64, inode: UInt64, cookie: UInt64) {
    self.device = device
    self.inode = inode
    self.cookie = cookie
  }

  /// The cookie, or the inode number where the kernel has none.
  package var number: UInt64 { cookie == 0 ? inode : cookie }
}
