import Addressing
import CLinux
import LinuxSystem
import Netlink
import PacketTrace

/// The sockets of a network namespace that wait for packets (sock_diag(7)).
enum SocketTable {
  private static let byFamily = UInt16(SOCK_DIAG_BY_FAMILY)
  private static let listening: UInt32 = 1 << 10
  /// A datagram socket without a peer is in state TCP_CLOSE.
  private static let unconnected: UInt32 = 1 << 7
  private static let messageLength = 72

  /// The sockets of the thread's namespace that wait on a port.
  static func listeners(
    on port: UInt16, _ kind: ProbeProtocol
  ) throws(NetlinkError) -> [ListenerFacts] {
    guard kind != .echo else { return [] }
    var netlink = try NetlinkSocket.open(.socketDiagnostics)
    var found: [ListenerFacts] = []
    for family in [UInt8(2), 10] {
      found += try netlink.dump(
        byFamily,
        { writer in
          // struct inet_diag_req_v2
          writer.append(family)
          writer.append(kind.number(.ipv4))
          writer.append(zeros: 2)
          writer.append(kind == .tcp ? listening : unconnected)
          writer.append(zeros: 48)
        },
        parse: { listener($0, on: port) })
    }
    return found
  }

  private static func listener(_ message: NetlinkMessage, on port: UInt16) -> ListenerFacts? {
    let bytes = message.payload
    // struct inet_diag_msg: family, state, timer, retransmissions; then the ends.
    guard bytes.count >= messageLength, bytes.short(4) == port,
      let address = IPAddress(bytes: bytes.part(8, bytes.byte(0) == 2 ? 4 : 16))
    else { return nil }
    var inode = FieldReader(bytes.dropFirst(68))
    let owner = inode.next(UInt32.self).flatMap { SocketOwner.find(inode: $0) }
    return ListenerFacts(
      address: address, port: port, process: owner?.process, command: owner?.command)
  }
}
