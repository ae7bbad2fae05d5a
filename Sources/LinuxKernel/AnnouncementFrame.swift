import Addressing

/// The Ethernet frame with which a host tells its neighbours that an address is now at its hardware
/// address.
enum AnnouncementFrame {
  /// For IPv4 a broadcast ARP request for the address itself (RFC 5227 §3), for IPv6 an unsolicited
  /// neighbour advertisement to all nodes (RFC 4861 §7.2.6); Docker sends the same.
  static func bytes(_ address: IPAddress, _ mac: MACAddress) -> [UInt8] {
    switch address.family {
    case .ipv4: gratuitousARP(address.bytes, mac.bytes)
    case .ipv6: neighbourAdvertisement(address.bytes, mac.bytes)
    }
  }

  private static func gratuitousARP(_ address: [UInt8], _ mac: [UInt8]) -> [UInt8] {
    let broadcast = [UInt8](repeating: 0xff, count: 6)
    let etherType: [UInt8] = [0x08, 0x06]
    // Hardware Ethernet, protocol IPv4, their address lengths, operation "request".
    let header: [UInt8] = [0, 1, 0x08, 0x00, 6, 4, 0, 1]
    return broadcast + mac + etherType + header + mac + address + broadcast + address
  }

  private static func neighbourAdvertisement(_ address: [UInt8], _ mac: [UInt8]) -> [UInt8] {
    let allNodes: [UInt8] = [0xff, 0x02] + [UInt8](repeating: 0, count: 13) + [1]
    let icmpv6: UInt8 = 58
    let overrideFlag: UInt8 = 0x20
    let targetLinkLayerAddress: [UInt8] = [2, 1] + mac
    var message: [UInt8] =
      [136, 0, 0, 0, overrideFlag, 0, 0, 0] + address + targetLinkLayerAddress
    let length = UInt8(message.count)
    let pseudoHeader = address + allNodes + [0, 0, 0, length, 0, 0, 0, icmpv6]
    let checksum = internetChecksum(pseudoHeader + message)
    message[2] = UInt8(checksum >> 8)
    message[3] = UInt8(checksum & 0xff)

    let ethernet: [UInt8] = [0x33, 0x33, 0, 0, 0, 1] + mac + [0x86, 0xdd]
    // Version 6; hop limit 255 proves that no router forwarded it.
    let ip: [UInt8] = [0x60, 0, 0, 0, 0, length, icmpv6, 255] + address + allNodes
    return ethernet + ip + message
  }

  // RFC 1071 over an even number of bytes.
  private static func internetChecksum(_ bytes: [UInt8]) -> UInt16 {
    var sum: UInt32 = 0
    for offset in stride(from: 0, to: bytes.count - 1, by: 2) {
      sum += UInt32(bytes[offset]) << 8 | UInt32(bytes[offset + 1])
    }
    while sum > 0xffff { sum = (sum & 0xffff) + (sum >> 16) }
    return ~UInt16(sum)
  }
}
