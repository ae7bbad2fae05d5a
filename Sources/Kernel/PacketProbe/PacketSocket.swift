import CLinux
import LinuxSystem
import PacketTrace

/// A socket that sees the packets of all links of one network namespace.
struct PacketSocket: ~Copyable {
  let descriptor: FileDescriptor

  /// A packet as it was seen.
  struct Capture {
    let link: UInt32
    let isOutgoing: Bool
    let time: Int64
    let packet: ParsedPacket
  }

  /// Opens a socket in the thread's network namespace.
  static func open() throws(Errno) -> PacketSocket {
    let number = clinux_open_packet_socket()
    guard number >= 0 else { throw .current }
    return PacketSocket(descriptor: FileDescriptor(owning: number))
  }

  // The headers, and the start of the payload of a packet that an ICMP error quotes.
  private static let capacity = 256
  private static let ethernetTypes: [UInt16] = [0x0800, 0x86dd]

  /// The packets that have arrived. Those of other protocols are left out.
  func pending() throws(Errno) -> [Capture] {
    var captures: [Capture] = []
    while true {
      var frame = clinux_frame()
      var bytes = [UInt8](repeating: 0, count: Self.capacity)
      let count = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe clinux_receive_frame(
          descriptor.rawValue, buffer.baseAddress, buffer.count, &frame)
      }
      guard count >= 0 else {
        let errno = Errno.current
        // ENETDOWN: a link went down; the socket still works.
        if [.interrupted, .networkDown].contains(errno) { continue }
        guard errno == .tryAgain else { throw errno }
        return captures
      }
      guard Self.ethernetTypes.contains(frame.`protocol`),
        let packet = ParsedPacket(bytes.prefix(count))
      else { continue }
      captures.append(
        Capture(
          link: frame.link, isOutgoing: frame.is_outgoing != 0, time: frame.nanoseconds,
          packet: packet))
    }
  }

  /// Whether packets were lost because they were not read in time.
  var hasLostPackets: Bool { clinux_lost_packets(descriptor.rawValue) != 0 }
}
