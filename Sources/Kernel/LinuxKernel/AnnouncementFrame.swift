import Addressing

/// A frame that tells everybody on a link which hardware address an address has: a reply to an ARP
/// request that nobody sent (RFC 5227), or an unsolicited neighbour advertisement (RFC 4861). The
/// sender of the frame is somebody else, whose address bridges know already.
struct AnnouncementFrame {
  let bytes: [UInt8]

  init(of address: IPAddress, at mac: MACAddress, from sender: MACAddress) {
    switch address.family {
    case .ipv4:
      let ethernet = [UInt8](repeating: 0xff, count: 6) + sender.bytes + [0x08, 0x06]
      let header: [UInt8] = [0, 1, 0x08, 0x00, 6, 4, 0, 2]
      let party = mac.bytes + address.bytes
      bytes = ethernet + header + party + party
    case .ipv6:
      let allNodes: [UInt8] = [0xff, 0x02] + [UInt8](repeating: 0, count: 13) + [1]
      let ethernet = [0x33, 0x33] + allNodes.suffix(4) + sender.bytes + [0x86, 0xdd]
      // With the flag "override", and the option "target link-layer address".
      let message =
        [136, 0, 0, 0, 0x20, 0, 0, 0] + address.bytes + [2, 1] + mac.bytes
      let length = UInt16(message.count)
      let sum = Self.checksum(
        address.bytes + allNodes + [0, 0, 0, UInt8(length), 0, 0, 0, 58] + message)
      var checked = message
      checked[2] = UInt8(sum >> 8)
      checked[3] = UInt8(sum & 0xff)
      bytes =
        ethernet + [0x60, 0, 0, 0, 0, UInt8(length), 58, 255] + address.bytes + allNodes + checked
    }
  }

  // The number of bytes is even (RFC 1071).
  private static func checksum(_ bytes: [UInt8]) -> UInt16 {
    var sum: UInt32 = 0
    for index in stride(from: 0, to: bytes.count, by: 2) {
      sum += UInt32(bytes[index]) << 8 | UInt32(bytes[index + 1])
    }
    while sum > 0xffff { sum = (sum & 0xffff) + (sum >> 16) }
    return ~UInt16(sum)
  }
}
