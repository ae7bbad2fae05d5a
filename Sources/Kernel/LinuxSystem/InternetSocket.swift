import Glibc

/// Sockets in the thread's network namespace, which neither block nor stay open across execve(2).
/// Whoever gets one takes its descriptor over.
package enum InternetSocket {
  /// What a socket carries.
  package enum Kind: Sendable {
    case datagram
    case stream
  }

  /// Opens a socket at an address of 4 or 16 bytes; a stream socket listens.
  package static func listen(
    _ kind: Kind, address: [UInt8], port: UInt16, backlog: Int32 = 64
  ) throws(Errno) -> FileDescriptor {
    let descriptor = try open(kind, address)
    if kind == .stream {
      var on: Int32 = 1
      _ = unsafe setsockopt(
        descriptor.rawValue, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
    }
    _ = try checked(
      unsafe withName(address, port) { unsafe bind(descriptor.rawValue, $0, $1) })
    if kind == .stream { _ = try checked(Glibc.listen(descriptor.rawValue, backlog)) }
    return descriptor
  }

  /// Opens a socket that is connected to an address, or about to be.
  package static func connect(
    _ kind: Kind, address: [UInt8], port: UInt16
  ) throws(Errno) -> FileDescriptor {
    let descriptor = try open(kind, address)
    let result = unsafe withName(address, port) {
      unsafe Glibc.connect(descriptor.rawValue, $0, $1)
    }
    if result < 0 && Errno.current.rawValue != EINPROGRESS { throw .current }
    return descriptor
  }

  private static func open(_ kind: Kind, _ address: [UInt8]) throws(Errno) -> FileDescriptor {
    try NetworkNamespace.checkThread()
    let type = kind == .datagram ? SOCK_DGRAM : SOCK_STREAM
    let flags = SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
    return FileDescriptor(
      owning: try checked(
        socket(address.count == 16 ? AF_INET6 : AF_INET, Int32(type.rawValue | flags), 0)))
  }

  /// Calls `body` with the socket address of an address of 4 or 16 bytes and a port.
  static func withName(
    _ address: [UInt8], _ port: UInt16,
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    if address.count == 16 {
      var name = sockaddr_in6()
      name.sin6_family = sa_family_t(AF_INET6)
      name.sin6_port = port.bigEndian
      unsafe withUnsafeMutableBytes(of: &name.sin6_addr) { unsafe $0.copyBytes(from: address) }
      return unsafe withUnsafePointer(to: &name) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe body($0, socklen_t(MemoryLayout<sockaddr_in6>.size))
        }
      }
    }
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_port = port.bigEndian
    unsafe withUnsafeMutableBytes(of: &name.sin_addr) {
      unsafe $0.copyBytes(from: address.prefix(4))
    }
    return unsafe withUnsafePointer(to: &name) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}

extension FileDescriptor {
  /// Gives the descriptor to somebody else, who closes it.
  package consuming func relinquish() -> Int32 {
    let value = rawValue
    discard self
    return value
  }
}
