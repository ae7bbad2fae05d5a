import Glibc

/// A file descriptor that is closed when its owner is destroyed.
package struct FileDescriptor: ~Copyable, Sendable {
  /// The number to hand to system calls while the owner lives.
  package let rawValue: Int32

  /// Takes over an open descriptor.
  package init(owning rawValue: Int32) {
    self.rawValue = rawValue
  }

  deinit {
    _ = close(rawValue)
  }
}
