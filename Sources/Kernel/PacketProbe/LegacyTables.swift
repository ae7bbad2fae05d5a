import Addressing
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
    private let addresses: [ArraySlice<UInt8>]
    private let number: UInt8
    private let inverted: UInt8

    init(_ entry: LegacyTable.Entry) {
      addresses = entry.addresses
      number = entry.transport
      inverted = entry.inverted
    }

    func fits(_ form: PacketForm) -> Bool {
      agrees(form.source, addresses[0], addresses[2], bit: 0x08)
        && agrees(form.destination, addresses[1], addresses[3], bit: 0x10)
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
    let isIPv6 = family == .ipv6
    let names = LegacyTable.names(isIPv6: isIPv6)
    if names.isEmpty { return nil }
    return LegacyTables(
      entries: names.flatMap { name in
        LegacyTable.read(name, isIPv6: isIPv6).map { entries(of: $0, named: name) } ?? []
      })
  }

  private static let chains = ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"]

  private static func entries(of table: LegacyTable, named name: String) -> [Entry] {
    let starts = Dictionary(
      table.chains.map { ($1.first, chains[$0]) }, uniquingKeysWith: { first, _ in first })
    let policies = Set(table.chains.values.map(\.policy))
    var (entries, chain, number): ([Entry], String, Int) = ([], "", 0)
    for entry in table.entries {
      if let start = starts[entry.offset] { (chain, number) = (start, 0) }
      if let own = entry.chainName {
        (chain, number) = (own, 0)
        continue
      }
      number += 1
      let target = entry.targetName
      entries.append(
        Entry(
          table: name, chain: chain, number: policies.contains(entry.offset) ? 0 : number,
          isDrop: entry.drops || target == "REJECT",
          target: target.isEmpty && entry.drops ? "DROP" : target, match: Match(entry),
          packets: entry.packets ?? 0))
    }
    return entries
  }

  /// The entries whose counters rose since `earlier` and that fit one of the probe's forms or its
  /// answer, in the order in which they are listed.
  func hits(
    since earlier: LegacyTables?, _ forms: Set<PacketForm>, on side: TraceSide
  ) -> [LegacyHit] {
    var before: [String: UInt64] = [:]
    for entry in earlier?.entries ?? [] { before[entry.key] = entry.packets }
    return entries.compactMap { entry in
      guard entry.packets > before[entry.key] ?? 0 else { return nil }
      let isProbe = forms.contains(where: entry.match.fits)
      guard isProbe || forms.map(\.reversed).contains(where: entry.match.fits) else { return nil }
      return LegacyHit(
        side: side, direction: isProbe ? .probe : .answer, table: entry.table, chain: entry.chain,
        number: entry.number, isDrop: entry.isDrop, target: entry.target)
    }
  }
}

extension LegacyTables.Entry {
  fileprivate var key: String { "\(table) \(chain) \(number)" }
}
