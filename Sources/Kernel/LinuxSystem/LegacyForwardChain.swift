import Glibc

/// The chain `FORWARD` of the legacy xtables table `filter` (iptables-legacy(8)) in the thread's
/// network namespace, which the kernel only exposes through socket options.
package struct LegacyForwardChain: Sendable {
  /// Whether its policy drops packets that no rule decides about.
  package let dropsByPolicy: Bool
  /// Whether it has rules.
  package let hasRules: Bool
  /// The interfaces that rules of the table match; a trailing plus matches all names with that
  /// prefix.
  private let interfaces: Set<String>

  /// The chain of a family; nil if the table is not in use or cannot be read. Reading does not
  /// create the table.
  package static func read(isIPv6: Bool) -> LegacyForwardChain? {
    guard (try? NetworkNamespace.checkThread()) != nil else { return nil }
    let list = "/proc/thread-self/net/\(isIPv6 ? "ip6" : "ip")_tables_names"
    guard let names = try? PseudoFile.read(list), names.split(separator: "\n").contains("filter")
    else { return nil }
    let layout = isIPv6 ? Layout.ipv6 : .ipv4
    let number = socket(
      isIPv6 ? AF_INET6 : AF_INET, Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue),
      Int32(IPPROTO_RAW))
    guard number >= 0 else { return nil }
    let socket = FileDescriptor(owning: number)
    guard let information = layout.option(Layout.getInformation, of: socket, length: 84),
      let size = information.number(at: 80),
      let table = layout.option(
        Layout.getEntries, of: socket, length: Layout.entriesOffset + Int(size), size: size)
    else { return nil }
    return LegacyForwardChain(
      Array(table.dropFirst(Layout.entriesOffset)), layout,
      first: information.number(at: Layout.hookOffset),
      policy: information.number(at: Layout.underflowOffset))
  }

  /// Whether a rule of the table matches the interface.
  package func names(_ interface: String) -> Bool {
    interfaces.contains { name in
      name.hasSuffix("+") ? interface.hasPrefix(name.dropLast()) : interface == name
    }
  }

  private init?(_ entries: [UInt8], _ layout: Layout, first: UInt32?, policy: UInt32?) {
    hasRules = first != policy
    guard let policy = policy.map(Int.init),
      let target = entries.shortNumber(at: policy + layout.targetOffset),
      let verdict = entries.number(at: policy + Int(target) + Layout.verdictOffset)
    else { return nil }
    // -NF_DROP - 1 (xtables stores verdicts as negative numbers).
    dropsByPolicy = Int32(bitPattern: verdict) == -1
    var found: Set<String> = []
    var position = 0
    while let length = entries.shortNumber(at: position + layout.targetOffset + 2), length > 0 {
      for offset in [layout.interfaces, layout.interfaces + Layout.nameLength] {
        let name = entries.dropFirst(position + offset).prefix(Layout.nameLength).prefix { $0 != 0 }
        if !name.isEmpty { found.insert(String(decoding: name, as: UTF8.self)) }
      }
      position += Int(length)
    }
    interfaces = found
  }

  /// Offsets in `struct ipt_entry` and `struct ip6t_entry`, whose headers conflict with the C
  /// library's (linux/netfilter_ipv4/ip_tables.h, linux/netfilter_ipv6/ip6_tables.h).
  private struct Layout {
    let level: Int32
    /// The offset of the input and output interface names.
    let interfaces: Int
    /// The offset of the field `target_offset`, which `next_offset` follows.
    let targetOffset: Int

    static let ipv4 = Layout(level: Int32(IPPROTO_IP), interfaces: 16, targetOffset: 88)
    static let ipv6 = Layout(level: Int32(IPPROTO_IPV6), interfaces: 64, targetOffset: 140)

    static let getInformation: Int32 = 64
    static let getEntries: Int32 = 65
    static let nameLength = 16
    static let entriesOffset = 40
    /// The verdict of a standard target.
    static let verdictOffset = 32
    /// The first rule and the policy of the third hook, NF_INET_FORWARD, in `struct ipt_getinfo`.
    static let hookOffset = 36 + 2 * 4
    static let underflowOffset = 56 + 2 * 4

    /// Reads a socket option of the table `filter`; `size` follows the table's name in the request.
    func option(
      _ name: Int32, of socket: borrowing FileDescriptor, length: Int, size: UInt32 = 0
    ) -> [UInt8]? {
      var bytes = [UInt8](repeating: 0, count: length)
      bytes.replaceSubrange(0..<6, with: "filter".utf8)
      unsafe withUnsafeBytes(of: size) { unsafe bytes.replaceSubrange(32..<36, with: $0) }
      var length = socklen_t(length)
      let result = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe getsockopt(socket.rawValue, level, name, buffer.baseAddress, &length)
      }
      return result == 0 ? bytes : nil
    }
  }
}

extension [UInt8] {
  /// The 32-bit number at an offset, in host byte order; nil past the end.
  fileprivate func number(at offset: Int) -> UInt32? {
    guard offset >= 0, offset + 4 <= count else { return nil }
    return (0..<4).reduce(0) { $0 | UInt32(self[offset + $1]) << (8 * UInt32($1)) }
  }

  fileprivate func shortNumber(at offset: Int) -> UInt16? {
    guard offset >= 0, offset + 2 <= count else { return nil }
    return UInt16(self[offset]) | UInt16(self[offset + 1]) << 8
  }
}
