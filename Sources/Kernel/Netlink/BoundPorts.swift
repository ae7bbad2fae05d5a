import CLinux
import LinuxSystem

/// The ports that sockets of one transport have bound in a network namespace, whatever their
/// address and state (sock_diag(7)).
package struct BoundPorts: Sendable {
  private var isBound = [Bool](repeating: false, count: Int(UInt16.max) + 1)

  /// Whether a socket has bound the port.
  package func contains(_ port: UInt16) -> Bool { isBound[Int(port)] }

  /// Reads the ports of the thread's namespace; nil if the kernel does not list all: Linux before
  /// 6.8 leaves out a TCP socket that is bound but neither listens nor is connected.
  package static func read(_ transport: UInt8) throws(NetlinkError) -> BoundPorts? {
    let witness = try bind(transport)
    var netlink = try NetlinkSocket.open(.socketDiagnostics)
    var ports = BoundPorts()
    for family in families {
      let found = try netlink.dump(
        UInt16(SOCK_DIAG_BY_FAMILY),
        { writer in
          // struct inet_diag_req_v2
          writer.append(family)
          writer.append(transport)
          writer.append(zeros: 2)
          writer.append(UInt32.max)
          writer.append(zeros: 48)
        }, parse: port)
      for port in found { ports.isBound[Int(port)] = true }
    }
    return ports.contains(witness.port) ? ports : nil
  }

  private static func bind(_ transport: UInt8) throws(NetlinkError) -> BoundSocket {
    do throws(Errno) { return try .open(transport) } catch { throw NetlinkError(error) }
  }

  // AF_INET and AF_INET6, whose sockets may serve IPv4 as well.
  private static let families: [UInt8] = [2, 10]

  private static func port(_ message: NetlinkMessage) -> UInt16? {
    // struct inet_diag_msg: family, state, timer, retransmissions; then the ends.
    UInt16(bigEndianBytes: message.payload.dropFirst(4).prefix(2))
  }
}
