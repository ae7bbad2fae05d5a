import Glibc

/// A file descriptor that is closed when its owner goes away.
public struct OwnedDescriptor: ~Copyable, Sendable {
  /// The number to hand to system calls while the owner lives.
  public let rawValue: Int32

  /// Takes over an open descriptor.
  public init(owning rawValue: Int32) {
    self.rawValue = rawValue
  }

  deinit {
    _ = close(rawValue)
  }
}
