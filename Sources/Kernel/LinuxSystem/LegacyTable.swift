import Glibc

/// A table of legacy xtables (iptables-legacy(8)) in the thread's network namespace, which the
/// kernel only exposes through socket options.
package struct LegacyTable: Sendable {
  /// Where a built-in chain begins and where its policy is.
  package struct Chain: Sendable {
    /// The offset of its first entry.
    package let first: Int
    /// The offset of the entry that is its policy.
    package let policy: Int
  }

  /// An entry: a rule, the policy of a chain, or the name of a chain that an administrator made.
  package struct Entry: Sendable {
    /// Its offset in the table.
    package let offset: Int
    /// The `struct ipt_entry` or `ip6t_entry`, and what follows it.
    package let bytes: [UInt8]
    /// The offset of the target in `bytes`.
    private let target: Int
    private let layout: LegacyTableLayout

    fileprivate init?(_ table: [UInt8], at offset: Int, _ layout: LegacyTableLayout) {
      guard let target = table.number16(at: offset + layout.targetOffset),
        let length = table.number16(at: offset + layout.targetOffset + 2), length > 0,
        Int(length) >= layout.counters + 16, offset + Int(length) <= table.count
      else { return nil }
      self.offset = offset
      self.layout = layout
      self.target = Int(target)
      bytes = Array(table[offset..<offset + Int(length)])
    }

    /// The target's name; empty for a verdict or a jump.
    package var targetName: String { text(at: target + 2, upTo: 29) }

    /// Whether its verdict is to drop, which xtables stores as `-NF_DROP - 1`.
    package var drops: Bool {
      let verdict = bytes.number32(at: target + LegacyTableLayout.dataOffset)
      return targetName.isEmpty && verdict == UInt32(bitPattern: -1)
    }

    /// The name of the chain that begins behind this entry; nil for a rule.
    package var chainName: String? {
      targetName == "ERROR" ? text(at: target + LegacyTableLayout.dataOffset, upTo: 32) : nil
    }

    /// The packets that it matched.
    package var packets: UInt64? {
      guard let low = bytes.number32(at: layout.counters),
        let high = bytes.number32(at: layout.counters + 4)
      else { return nil }
      return UInt64(high) << 32 | UInt64(low)
    }

    /// The interfaces that it compares; a trailing plus stands for all names with that prefix.
    package var interfaces: [String] {
      [layout.interfaces, layout.interfaces + 16].map { text(at: $0, upTo: 16) }
        .filter { !$0.isEmpty }
    }

    /// The source, the destination and their masks, each of 4 or 16 bytes.
    package var addresses: [ArraySlice<UInt8>] {
      (0..<4).map { bytes.dropFirst($0 * layout.width).prefix(layout.width) }
    }

    /// The number of the transport protocol that it compares; 0 for all.
    package var transport: UInt8 { bytes[layout.transport] }

    /// What it compares for inequality (IPT_INV_…).
    package var inverted: UInt8 { bytes[layout.inverted] }

    private func text(at offset: Int, upTo length: Int) -> String {
      String(decoding: bytes.dropFirst(offset).prefix(length).prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  /// Its built-in chains by the number of the hook (NF_INET_…).
  package let chains: [Int: Chain]
  /// Its entries, in the order of the kernel.
  package let entries: [Entry]

  /// The tables of a family that are in use.
  package static func names(isIPv6: Bool) -> [String] {
    let list = "/proc/thread-self/net/\(isIPv6 ? "ip6" : "ip")_tables_names"
    return ((try? PseudoFile.read(list)) ?? "").split(separator: "\n").map(String.init)
  }

  /// A table; nil if it cannot be read. The kernel creates one that is not in use yet.
  package static func read(_ name: String, isIPv6: Bool) -> LegacyTable? {
    guard (try? NetworkNamespace.checkThread()) != nil else { return nil }
    let layout = isIPv6 ? LegacyTableLayout.ipv6 : .ipv4
    let number = socket(
      isIPv6 ? AF_INET6 : AF_INET, Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue),
      Int32(IPPROTO_RAW))
    guard number >= 0 else { return nil }
    let socket = FileDescriptor(owning: number)
    guard
      let information = layout.option(
        LegacyTableLayout.getInformation, of: name, socket,
        length: LegacyTableLayout.informationLength),
      let hooks = information.number32(at: 32), let size = information.number32(at: 80),
      let table = layout.option(
        LegacyTableLayout.getEntries, of: name, socket,
        length: LegacyTableLayout.entriesOffset + Int(size), size: size)
    else { return nil }
    return LegacyTable(
      information, hooks: hooks, Array(table.dropFirst(LegacyTableLayout.entriesOffset)), layout)
  }

  private init(
    _ information: [UInt8], hooks: UInt32, _ table: [UInt8], _ layout: LegacyTableLayout
  ) {
    var chains: [Int: Chain] = [:]
    for hook in 0..<5 where hooks >> UInt32(hook) & 1 == 1 {
      guard let first = information.number32(at: 36 + hook * 4),
        let policy = information.number32(at: 56 + hook * 4)
      else { continue }
      chains[hook] = Chain(first: Int(first), policy: Int(policy))
    }
    self.chains = chains
    var entries: [Entry] = []
    var offset = 0
    while let entry = Entry(table, at: offset, layout) {
      entries.append(entry)
      offset += entry.bytes.count
    }
    self.entries = entries
  }
}

/// Offsets in `struct ipt_entry` and `struct ip6t_entry`, whose headers conflict with the C
/// library's (linux/netfilter_ipv4/ip_tables.h, linux/netfilter_ipv6/ip6_tables.h).
private struct LegacyTableLayout: Sendable {
  /// The level of the socket options.
  let level: Int32
  /// The length of an address.
  let width: Int
  /// The input interface, which the output interface follows.
  let interfaces: Int
  let transport: Int
  let inverted: Int
  /// The field `target_offset`, which `next_offset` follows.
  let targetOffset: Int
  let counters: Int

  static let ipv4 = LegacyTableLayout(
    level: Int32(IPPROTO_IP), width: 4, interfaces: 16, transport: 80, inverted: 83,
    targetOffset: 88, counters: 96)
  static let ipv6 = LegacyTableLayout(
    level: Int32(IPPROTO_IPV6), width: 16, interfaces: 64, transport: 128, inverted: 132,
    targetOffset: 140, counters: 152)

  static let getInformation: Int32 = 64
  static let getEntries: Int32 = 65
  static let informationLength = 84
  static let entriesOffset = 40
  /// What follows the head of a target: a verdict, or a chain's name.
  static let dataOffset = 32

  /// Reads a socket option of a table; `size` follows the table's name in the request.
  func option(
    _ option: Int32, of table: String, _ socket: borrowing FileDescriptor, length: Int,
    size: UInt32 = 0
  ) -> [UInt8]? {
    let name = Array(table.utf8)
    guard name.count < 32 else { return nil }
    var bytes = [UInt8](repeating: 0, count: length)
    bytes.replaceSubrange(0..<name.count, with: name)
    unsafe withUnsafeBytes(of: size) { unsafe bytes.replaceSubrange(32..<36, with: $0) }
    var length = socklen_t(length)
    let result = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe getsockopt(socket.rawValue, level, option, buffer.baseAddress, &length)
    }
    return result == 0 ? bytes : nil
  }
}

extension [UInt8] {
  /// The 32-bit number at an offset, in host byte order; nil past the end.
  fileprivate func number32(at offset: Int) -> UInt32? {
    guard offset >= 0, offset + 4 <= count else { return nil }
    return (0..<4).reduce(0) { $0 | UInt32(self[offset + $1]) << (8 * UInt32($1)) }
  }

  fileprivate func number16(at offset: Int) -> UInt16? {
    guard offset >= 0, offset + 2 <= count else { return nil }
    return UInt16(self[offset]) | UInt16(self[offset + 1]) << 8
  }
}
