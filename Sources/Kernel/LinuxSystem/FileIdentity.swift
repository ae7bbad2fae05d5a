import Glibc

/// The numbers that identify a file while it exists; the kernel may reuse them afterwards.
package struct FileIdentity: Hashable, Sendable {
  /// The device number of its file system.
  package let device: UInt64

  /// The inode number, which `/proc/PID/ns/net` shows for a namespace.
  package let inode: UInt64

  /// Takes the two numbers, for example from a stored record.
  package init(device: UInt64, inode: UInt64) {
    self.device = device
    self.inode = inode
  }

  /// The identity of the file at `path`. Nothing is opened, so this only needs search permission.
  package static func at(_ path: String) throws(Errno) -> FileIdentity {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw .current }
    return FileIdentity(status)
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
