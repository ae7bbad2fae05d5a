import Glibc

extension HostPort {
  /// The process that has bound the port: its ID and command name; nil if there is none or it
  /// cannot be determined, as with SCTP.
  package func owner() -> (process: Int32, command: String)? {
    for table in tables {
      guard let text = try? PseudoFile.read("/proc/thread-self/net/\(table)") else { continue }
      for row in text.split(separator: "\n").dropFirst() {
        let fields = row.split(separator: " ")
        guard fields.count > 9, isBound(fields[1], state: fields[3]),
          let inode = UInt32(fields[9]), let owner = SocketOwner.find(inode: inode)
        else { continue }
        return owner
      }
    }
    return nil
  }

  // An IPv6 socket may serve IPv4 as well.
  private var tables: [String] {
    let name: String
    switch Int(transport) {
    case IPPROTO_TCP: name = "tcp"
    case IPPROTO_UDP: name = "udp"
    default: return []
    }
    return isIPv6 ? [name + "6"] : [name, name + "6"]
  }

  /// Whether a row's local address and state (hexadecimal) conflict with the port.
  private func isBound(_ local: Substring, state: Substring) -> Bool {
    let listening = "0A"
    if transport == UInt8(IPPROTO_TCP) && state != listening { return false }
    let parts = local.split(separator: ":")
    guard parts.count == 2, UInt16(parts[1], radix: 16) == port,
      let bytes = Self.bytes(ofWords: parts[0])
    else { return false }
    return !bytes.contains { $0 != 0 } || !address.contains { $0 != 0 }
      || bytes.suffix(address.count) == address[...]
  }

  /// The bytes of an address that the kernel prints as words in host byte order.
  private static func bytes(ofWords text: Substring) -> [UInt8]? {
    var bytes: [UInt8] = []
    var rest = text
    while !rest.isEmpty {
      guard let word = UInt32(rest.prefix(8), radix: 16) else { return nil }
      bytes += (0..<4).map { UInt8(truncatingIfNeeded: word.littleEndian >> ($0 * 8)) }
      rest = rest.dropFirst(8)
    }
    return bytes
  }
}
