import Glibc

/// A port of an address in the thread's network namespace.
package struct HostPort: Sendable {
  let address: [UInt8]
  let transport: UInt8
  let port: UInt16

  /// Takes the 4 or 16 bytes of the address, the protocol number and the port.
  package init(address: [UInt8], transport: UInt8, port: UInt16) {
    self.address = address
    self.transport = transport
    self.port = port
  }

  var isIPv6: Bool { address.count == 16 }

  /// Checks whether a process could bind the port now, and releases it again at once.
  ///
  /// Throws EADDRINUSE when a process has bound it, and the other errors of bind(2); EADDRNOTAVAIL
  /// for a broadcast or multicast address, which bind(2) does accept. A protocol or family that the
  /// kernel does not support cannot conflict.
  package func probe() throws(Errno) {
    try NetworkNamespace.checkThread()
    let kind = transport == UInt8(IPPROTO_UDP) ? SOCK_DGRAM : SOCK_STREAM
    let number = socket(
      isIPv6 ? AF_INET6 : AF_INET, Int32(kind.rawValue) | Int32(SOCK_CLOEXEC.rawValue),
      Int32(transport))
    guard number >= 0 else {
      if [.protocolNotSupported, .addressFamilyNotSupported].contains(Errno.current) { return }
      throw .current
    }
    let descriptor = FileDescriptor(owning: number)
    // Sockets in TIME_WAIT do not conflict.
    if kind == SOCK_STREAM { descriptor.enable(SOL_SOCKET, SO_REUSEADDR) }
    if isIPv6 { descriptor.enable(Int32(IPPROTO_IPV6), IPV6_V6ONLY) }
    _ = try checked(
      unsafe InternetSocket.withName(address, port) { unsafe bind(number, $0, $1) })
    if !isIPv6, isMulticast || isBroadcast { throw .addressNotAvailable }
  }

  private var isMulticast: Bool { 224..<240 ~= address[0] }

  // connect(2) refuses such an address on a socket without SO_BROADCAST, and sends nothing.
  private var isBroadcast: Bool {
    if address.allSatisfy({ $0 == 255 }) { return true }
    // Most ports are published on all addresses, which needs no check.
    if address.allSatisfy({ $0 == 0 }) { return false }
    let number = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else { return false }
    let descriptor = FileDescriptor(owning: number)
    let result = unsafe InternetSocket.withName(address, port) {
      unsafe connect(descriptor.rawValue, $0, $1)
    }
    return result < 0 && Errno.current == .permissionDenied
  }
}

extension FileDescriptor {
  fileprivate func enable(_ level: Int32, _ option: Int32) {
    var on: Int32 = 1
    _ = unsafe setsockopt(rawValue, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
  }
}
