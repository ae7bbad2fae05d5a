import CLinux

/// How the printer of rules spells a value.
enum ValueType {
  case ipv4, ipv6, mac, port, linkName, linkIndex, fibLink, transport, etherType, networkFamily
  case connectionState, connectionStatus, direction, tcpFlags, icmpType, icmpv6Type, addressType
  case packetType, linkType, mark, hostNumber, integer, hexadecimal

  /// Whether nft spells masks of it as prefix lengths.
  var isAddress: Bool { self == .ipv4 || self == .ipv6 }

  /// Whether its values are sets of named bits.
  var isBitmask: Bool {
    switch self {
    case .connectionState, .connectionStatus, .tcpFlags: true
    default: false
    }
  }

  /// The number of bytes in a concatenated key.
  var length: Int {
    switch self {
    case .ipv6, .linkName: 16
    case .mac: 6
    default: 4
    }
  }

  /// The value as nft spells it.
  func text(_ bytes: [UInt8], _ context: RuleContext) -> String {
    switch self {
    case .ipv4: return address(bytes, width: 4)
    case .ipv6: return address(bytes, width: 16)
    case .mac:
      return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
    case .linkName:
      let name = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      return "\"\(name)\(bytes.last == 0 ? "" : "*")\""
    case .linkIndex: return linkText(bytes, context)
    case .fibLink:
      return bytes.allSatisfy { $0 == 0 } ? "missing" : linkText(bytes, context)
    case .mark: return "0x" + hexadecimal(bytes.hostNumber, digits: 8)
    case .hostNumber, .linkType: return String(bytes.hostNumber)
    case .hexadecimal: return "0x" + String(bytes.number, radix: 16)
    case .integer, .port: return String(bytes.number)
    case .connectionState, .connectionStatus: return bits(bytes.hostNumber)
    case .addressType: return name(bytes.hostNumber)
    case .tcpFlags, .transport, .etherType, .networkFamily, .direction, .icmpType, .icmpv6Type,
      .packetType:
      return isBitmask ? bits(bytes.number) : name(bytes.number)
    }
  }

  private func linkText(_ bytes: [UInt8], _ context: RuleContext) -> String {
    let index = bytes.hostNumber
    return UInt32(exactly: index).flatMap(context.linkName).map { "\"\($0)\"" } ?? String(index)
  }

  private func name(_ number: UInt64) -> String { names[number] ?? String(number) }

  private func bits(_ number: UInt64) -> String {
    guard number != 0 else { return "0x0" }
    // New connections come before established ones, although their bit is higher.
    let order = self == .connectionState ? [0, 3, 1, 2] + Array(4..<64) : Array(0..<64)
    return order.filter { number >> UInt64($0) & 1 == 1 }.map { bit in
      names[1 << UInt64(bit)] ?? "0x" + String(UInt64(1) << UInt64(bit), radix: 16)
    }.joined(separator: ",")
  }

  private func hexadecimal(_ number: UInt64, digits: Int) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  /// An address; one that is compared in part is padded and given its prefix length.
  private func address(_ bytes: [UInt8], width: Int) -> String {
    guard bytes.count <= width else { return RuleText.unknown }
    let padded = bytes + [UInt8](repeating: 0, count: width - bytes.count)
    let text =
      width == 4 ? padded.map(String.init).joined(separator: ".") : Self.ipv6Text(padded)
    return bytes.count < width ? "\(text)/\(bytes.count * 8)" : text
  }

  /// The canonical form of RFC 5952.
  private static func ipv6Text(_ bytes: [UInt8]) -> String {
    let groups = stride(from: 0, to: 16, by: 2).map { Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]) }
    var run = 0..<0
    var start = 0
    while start < 8 {
      let end = groups[start...].firstIndex { $0 != 0 } ?? 8
      if end - start > max(1, run.count) { run = start..<end }
      start = max(end, start) + 1
    }
    if run == 0..<5, groups[5] == 0xffff {
      return "::ffff:" + bytes.suffix(4).map(String.init).joined(separator: ".")
    }
    func text(_ part: ArraySlice<Int>) -> String {
      part.map { String($0, radix: 16) }.joined(separator: ":")
    }
    guard !run.isEmpty else { return text(groups[...]) }
    return text(groups[..<run.lowerBound]) + "::" + text(groups[run.upperBound...])
  }

  private var names: [UInt64: String] {
    switch self {
    case .connectionState:
      [1: "invalid", 2: "established", 4: "related", 8: "new", 64: "untracked"]
    case .connectionStatus:
      [
        1: "expected", 2: "seen-reply", 4: "assured", 8: "confirmed", 16: "snat", 32: "dnat",
        512: "dying",
      ]
    case .direction: [0: "original", 1: "reply"]
    case .tcpFlags:
      [1: "fin", 2: "syn", 4: "rst", 8: "psh", 16: "ack", 32: "urg", 64: "ecn", 128: "cwr"]
    case .transport:
      [
        1: "icmp", 2: "igmp", 6: "tcp", 17: "udp", 33: "dccp", 47: "gre", 50: "esp", 51: "ah",
        58: "ipv6-icmp", 132: "sctp", 136: "udplite",
      ]
    case .etherType:
      [0x0800: "ip", 0x0806: "arp", 0x86dd: "ip6", 0x8100: "8021q"]
    case .networkFamily: [2: "ipv4", 10: "ipv6"]
    case .icmpType:
      [
        0: "echo-reply", 3: "destination-unreachable", 4: "source-quench", 5: "redirect",
        8: "echo-request", 9: "router-advertisement", 10: "router-solicitation",
        11: "time-exceeded", 12: "parameter-problem", 13: "timestamp-request",
        14: "timestamp-reply",
      ]
    case .icmpv6Type:
      [
        1: "destination-unreachable", 2: "packet-too-big", 3: "time-exceeded",
        4: "parameter-problem", 128: "echo-request", 129: "echo-reply", 130: "mld-listener-query",
        131: "mld-listener-report", 132: "mld-listener-done", 133: "nd-router-solicit",
        134: "nd-router-advert", 135: "nd-neighbor-solicit", 136: "nd-neighbor-advert",
        137: "nd-redirect", 143: "mld2-listener-report",
      ]
    case .addressType:
      [
        0: "unspec", 1: "unicast", 2: "local", 3: "broadcast", 4: "anycast", 5: "multicast",
        6: "blackhole", 7: "unreachable", 8: "prohibit",
      ]
    case .packetType: [0: "host", 1: "broadcast", 2: "multicast", 3: "other"]
    case .ipv4, .ipv6, .mac, .port, .linkName, .linkIndex, .fibLink, .mark, .hostNumber, .linkType,
      .integer, .hexadecimal:
      [:]
    }
  }
}

extension [UInt8] {
  /// The number of at most eight bytes in network byte order.
  var number: UInt64 { suffix(8).reduce(0) { $0 << 8 | UInt64($1) } }

  /// The number of at most eight bytes in the byte order of this machine.
  var hostNumber: UInt64 {
    #if _endian(little)
      [UInt8](reversed()).number
    #else
      number
    #endif
  }
}

extension SetMember {
  /// The members as nft spells them; an interval is two members.
  static func texts(
    _ members: [SetMember], _ types: [ValueType], _ context: RuleContext
  ) -> [String] {
    // nft sorts numbers, and takes the name of a link for one in the byte order of this machine.
    let isOfNames = types.count == 1 && types[0] == .linkName
    let sorted = members.sorted {
      isOfNames
        ? $0.key.reversed().lexicographicallyPrecedes($1.key.reversed())
        : $0.key.lexicographicallyPrecedes($1.key)
    }
    var texts: [String] = []
    var index = 0
    while index < sorted.count {
      let member = sorted[index]
      index += 1
      if member.isIntervalEnd { continue }
      var text = text(of: member.key, types, context)
      if let last = member.lastKey, last != member.key {
        text += "-" + self.text(of: last, types, context)
      } else if index < sorted.count, sorted[index].isIntervalEnd {
        text = interval(text, member.key, sorted[index].key, types, context)
      }
      texts.append(member.verdict.map { "\(text) : \($0)" } ?? text)
    }
    return texts
  }

  /// An interval up to, not including, `end`, as a prefix if it is one.
  private static func interval(
    _ text: String, _ start: [UInt8], _ end: [UInt8], _ types: [ValueType],
    _ context: RuleContext
  ) -> String {
    let last = end.decremented
    guard last != start else { return text }
    if types[0].isAddress, let length = zip(start, last).prefixLength(of: start.count) {
      return "\(text)/\(length)"
    }
    return "\(text)-\(self.text(of: last, types, context))"
  }

  private static func text(
    of key: [UInt8], _ types: [ValueType], _ context: RuleContext
  ) -> String {
    guard types.count > 1 else { return types[0].text(key, context) }
    var rest = key[...]
    return types.map { type in
      let width = (type.length + 3) / 4 * 4
      defer { rest = rest.dropFirst(width) }
      return type.text(Array(rest.prefix(type == .port ? 2 : type.length)), context)
    }.joined(separator: " . ")
  }
}

extension [UInt8] {
  /// The number before this one, in network byte order.
  fileprivate var decremented: [UInt8] {
    var bytes = self
    for index in bytes.indices.reversed() {
      bytes[index] &-= 1
      if bytes[index] != 255 { break }
    }
    return bytes
  }
}

extension Zip2Sequence where Sequence1 == [UInt8], Sequence2 == [UInt8] {
  /// The length of the prefix whose first and last address these are; nil if they are of none.
  fileprivate func prefixLength(of count: Int) -> Int? {
    var length = 0
    var isInside = true
    for (first, last) in self {
      for bit in (0..<8).reversed() {
        let (low, high) = (first >> bit & 1, last >> bit & 1)
        if isInside, low == high {
          length += 1
        } else {
          isInside = false
          if low != 0 || high != 1 { return nil }
        }
      }
    }
    return length
  }
}
