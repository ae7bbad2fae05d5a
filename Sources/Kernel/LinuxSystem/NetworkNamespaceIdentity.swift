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

  /// The identity of what the file at `path` holds. Nothing is opened, so that this needs no more
  /// than the right to look there; whether it is a namespace, only the device number tells.
  public static func at(_ path: String) throws(Errno) -> NetworkNamespaceIdentity {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw .current }
    return NetworkNamespaceIdentity(status)
  }

  init(of descriptor: borrowing OwnedDescriptor) throws(Errno) {
    var status = stat()
    guard unsafe fstat(descriptor.rawValue, &status) == 0 else { throw .current }
    self.init(status)
  }

  private init(_ status: stat) {
    self.init(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
  }
}
