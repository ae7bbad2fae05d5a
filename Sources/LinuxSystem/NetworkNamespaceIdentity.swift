import Glibc

/// The file identity of a network namespace; it may be given out again once the namespace is gone.
public struct NetworkNamespaceIdentity: Hashable, Sendable {
  /// The device number of the namespace file system.
  public let device: UInt64

  /// The inode number that `/proc/PID/ns/net` shows.
  public let inode: UInt64

  /// Names a namespace by the two numbers, for example from a stored record.
  public init(device: UInt64, inode: UInt64) {
    self.device = device
    self.inode = inode
  }

  init(of descriptor: borrowing OwnedDescriptor) throws(Errno) {
    var status = stat()
    guard unsafe fstat(descriptor.rawValue, &status) == 0 else { throw .current }
    self.init(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
  }
}
