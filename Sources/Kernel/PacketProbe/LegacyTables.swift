import Addressing
import Glibc
import LinuxSystem
import PacketTrace

/// The rules of legacy xtables (iptables-legacy(8)) of the thread's network namespace, with their
/// counters. The kernel exposes them only through socket options.
struct LegacyTables {
  /// A rule, or the policy of a chain.
  struct Entry {
    let table: String
    let chain: String
    let number: Int
    let isDrop: Bool
    let target: String
    let match: Match
    let packets: UInt64
  }

  /// What the fixed part of a rule compares.
  struct Match {
    let source: ArraySlice<UInt8>
    let destination: ArraySlice<UInt8>
    let sourceMask: ArraySlice<UInt8>
    let destinationMask: ArraySlice<UInt8>
    let number: UInt8
    let inverted: UInt8

    func fits(_ form: PacketForm) -> Bool {
      agrees(form.source, source, sourceMask, bit: 0x08)
        && agrees(form.destination, destination, destinationMask, bit: 0x10)
        && (number == 0 || (number == form.number) != (inverted & 0x40 != 0))
    }

    private func agrees(
      _ address: IPAddress, _ value: ArraySlice<UInt8>, _ mask: ArraySlice<UInt8>, bit: UInt8
    ) -> Bool {
      let bytes = address.bytes
      guard bytes.count == value.count else { return false }
      let isEqual = zip(zip(bytes, value), mask).allSatisfy { ($0.0 ^ $0.1) & $1 == 0 }
      return isEqual != (inverted & bit != 0)
    }
  }

  let entries: [Entry]

  /// The tables of a family that are in use; nil if there are none. Reading creates no table.
  static func read(_ family: AddressFamily) -> LegacyTables? {
    let layout = family == .ipv4 ? LegacyLayout.ipv4 : .ipv6
    guard let names = try? PseudoFile.read("/proc/thread-self/net/\(layout.list)"),
      !names.isEmpty
    else { return nil }
    let number = socket(
      layout.family, Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue), Int32(IPPROTO_RAW))
    guard number >= 0 else { return nil }
    let socket = FileDescriptor(owning: number)
    var entries: [Entry] = []
    for name in names.split(separator: "\n") {
      entries += layout.entries(of: String(name), socket) ?? []
    }
    return LegacyTables(entries: entries)
  }

  /// The entries whose counters rose since `earlier` and that fit one of the forms, in the order in
  /// which they are listed.
  func hits(since earlier: LegacyTables?, _ forms: Set<PacketForm>) -> [LegacyHit] {
    var before: [String: UInt64] = [:]
    for entry in earlier?.entries ?? [] { before[entry.key] = entry.packets }
    return entries.filter { entry in
      entry.packets > before[entry.key] ?? 0 && forms.contains(where: entry.match.fits)
    }.map {
      LegacyHit(
        table: $0.table, chain: $0.chain, number: $0.number, isDrop: $0.isDrop, target: $0.target)
    }
  }
}

extension LegacyTables.Entry {
  fileprivate var key: String { "\(table) \(chain) \(number)" }
}

/// Offsets in `struct ipt_entry` and `struct ip6t_entry`, whose headers conflict with the C
/// library's (linux/netfilter_ipv4/ip_tables.h, linux/netfilter_ipv6/ip6_tables.h).
private struct LegacyLayout {
  let list: String
  let family: Int32
  let level: Int32
  let width: Int
  let number: Int
  let inverted: Int
  let targetOffset: Int
  let counters: Int

  static let ipv4 = LegacyLayout(
    list: "ip_tables_names", family: AF_INET, level: Int32(IPPROTO_IP), width: 4, number: 80,
    inverted: 83, targetOffset: 88, counters: 96)
  static let ipv6 = LegacyLayout(
    list: "ip6_tables_names", family: AF_INET6, level: Int32(IPPROTO_IPV6), width: 16,
    number: 128, inverted: 132, targetOffset: 140, counters: 152)

  private static let getInformation: Int32 = 64
  private static let getEntries: Int32 = 65
  private static let informationLength = 84
  private static let entriesOffset = 40
  private static let hookOffset = 36
  private static let underflowOffset = 56
  private static let nameLength = 32
  /// Of a target: its size, its name, then for a standard target the verdict.
  private static let targetName = 2
  private static let verdict = 32
  private static let hooks = ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"]

  func entries(of table: String, _ socket: borrowing FileDescriptor) -> [LegacyTables.Entry]? {
    guard let information = option(Self.getInformation, table, socket, Self.informationLength),
      let size = information.number32(80), let valid = information.number32(32),
      let blob = option(
        Self.getEntries, table, socket, Self.entriesOffset + Int(size), size: size)
    else { return nil }
    var starts: [Int: String] = [:]
    var policies: Set<Int> = []
    for (index, hook) in Self.hooks.enumerated() where valid >> UInt32(index) & 1 == 1 {
      guard let start = information.number32(Self.hookOffset + index * 4),
        let policy = information.number32(Self.underflowOffset + index * 4)
      else { continue }
      starts[Int(start)] = hook
      policies.insert(Int(policy))
    }
    return parse(Array(blob.dropFirst(Self.entriesOffset)), table, starts, policies)
  }

  private func parse(
    _ blob: [UInt8], _ table: String, _ starts: [Int: String], _ policies: Set<Int>
  ) -> [LegacyTables.Entry] {
    var entries: [LegacyTables.Entry] = []
    var (position, chain, number) = (0, "", 0)
    while let target = blob.number16(position + targetOffset),
      let length = blob.number16(position + targetOffset + 2), length > 0,
      position + Int(length) <= blob.count,
      let packets = blob.number64(position + counters)
    {
      let name = blob.text(position + Int(target) + Self.targetName, 29)
      defer { position += Int(length) }
      if let hook = starts[position] { (chain, number) = (hook, 0) }
      if name == "ERROR" {
        (chain, number) = (blob.text(position + Int(target) + Self.verdict, 32), 0)
        continue
      }
      number += 1
      let isPolicy = policies.contains(position)
      let verdict = name.isEmpty ? blob.number32(position + Int(target) + Self.verdict) : nil
      // -NF_DROP - 1
      let isDrop = verdict == UInt32(bitPattern: -1) || name == "REJECT"
      entries.append(
        LegacyTables.Entry(
          table: table, chain: chain, number: isPolicy ? 0 : number, isDrop: isDrop,
          target: name.isEmpty ? isDrop ? "DROP" : "" : name,
          match: match(blob[position...]), packets: packets))
    }
    return entries
  }

  private func match(_ entry: ArraySlice<UInt8>) -> LegacyTables.Match {
    LegacyTables.Match(
      source: entry.part(0, width), destination: entry.part(width, width),
      sourceMask: entry.part(2 * width, width), destinationMask: entry.part(3 * width, width),
      number: entry.byte(number), inverted: entry.byte(inverted))
  }

  private func option(
    _ name: Int32, _ table: String, _ socket: borrowing FileDescriptor, _ length: Int,
    size: UInt32 = 0
  ) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: length)
    let utf8 = Array(table.utf8.prefix(Self.nameLength - 1))
    bytes.replaceSubrange(0..<utf8.count, with: utf8)
    unsafe withUnsafeBytes(of: size) {
      unsafe bytes.replaceSubrange(Self.nameLength..<(Self.nameLength + 4), with: $0)
    }
    var length = socklen_t(length)
    let result = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe getsockopt(socket.rawValue, level, name, buffer.baseAddress, &length)
    }
    return result == 0 ? bytes : nil
  }
}

extension [UInt8] {
  /// A number at an offset, in host byte order; nil past the end.
  private func number(_ offset: Int, _ width: Int) -> UInt64? {
    guard offset >= 0, offset + width <= count else { return nil }
    return Array(self[offset..<(offset + width)]).littleEndianNumber
  }

  private var littleEndianNumber: UInt64 {
    reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  fileprivate func number16(_ offset: Int) -> UInt16? {
    number(offset, 2).map(UInt16.init(truncatingIfNeeded:))
  }

  fileprivate func number32(_ offset: Int) -> UInt32? {
    number(offset, 4).map(UInt32.init(truncatingIfNeeded:))
  }

  fileprivate func number64(_ offset: Int) -> UInt64? { number(offset, 8) }

  fileprivate func text(_ offset: Int, _ limit: Int) -> String {
    String(decoding: dropFirst(offset).prefix(limit).prefix { $0 != 0 }, as: UTF8.self)
  }
}
