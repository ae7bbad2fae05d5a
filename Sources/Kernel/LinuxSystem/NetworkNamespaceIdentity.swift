import Glibc

/// The file identity of a network namespace; the kernel may reuse it once the namespace is gone.
package struct NetworkNamespaceIdentity: Hashable, Sendable {
  /// The device number of the namespace file system.
  package let device: UInt64

  /// The inode number that `/proc/PID/ns/net` shows.
  package let inode: UInt64

  /// Takes the two numbers, for example from a stored record.
  package init(device: UInt64, inode: UInt64) {
    self.device = device
    self.inode = inode
  }

  /// The identity of the file at `path`. Nothing is opened, so this only needs search permission;
  /// whether it is a namespace can only be told by the device number.
  package static func at(_ path: String) throws(Errno) -> NetworkNamespaceIdentity {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw .current }
    return NetworkNamespaceIdentity(status)
  }

  init(of descriptor: borrowing FileDescriptor) throws(Errno) {
    var status = stat()
    guard unsafe fstat(descriptor.rawValue, &status) == 0 else { throw .current }
    self.init(status)
  }

  private init(_ status: stat) {
    self.init(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
  }
}
