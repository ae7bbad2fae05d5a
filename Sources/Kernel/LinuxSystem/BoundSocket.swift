import Glibc

/// A socket in the thread's network namespace that is bound to a port of all IPv4 addresses, and
/// neither listens nor is connected.
package struct BoundSocket: ~Copyable {
  private let descriptor: FileDescriptor
  /// The port, which the kernel chose.
  package let port: UInt16

  /// Opens a socket of a transport.
  package static func open(_ transport: UInt8) throws(Errno) -> BoundSocket {
    try NetworkNamespace.checkThread()
    let kind = transport == UInt8(IPPROTO_UDP) ? SOCK_DGRAM : SOCK_STREAM
    let descriptor = FileDescriptor(
      owning: try checked(
        socket(AF_INET, Int32(kind.rawValue | SOCK_CLOEXEC.rawValue), Int32(transport))))
    _ = try checked(
      unsafe InternetSocket.withName([0, 0, 0, 0], 0) { unsafe bind(descriptor.rawValue, $0, $1) })
    var name = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = unsafe withUnsafeMutablePointer(to: &name) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe getsockname(descriptor.rawValue, $0, &length)
      }
    }
    _ = try checked(result)
    return BoundSocket(descriptor: descriptor, port: UInt16(bigEndian: name.sin_port))
  }
}
