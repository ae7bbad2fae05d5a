import Addressing
import NetworkModel

/// All networks in one file, so that finding one by name, checking a subnet against all others and
/// listing them cost one read however many there are.
///
/// It is a cache of the documents under `networks/`, never the truth: a writer declares it broken
/// before it changes a document and whole again afterwards, and whoever meets a broken one, or one
/// of an earlier boot, reads the documents. After a line with the length of the file and the boot,
/// each network is one record, with its kind and length before it; a removed network is one more
/// record with its identity.
struct Catalog {
  static let fileName = "catalog"

  private let bytes: [UInt8]
  private let rows: [Row]
  /// Records that stand for nothing any more.
  let garbage: Int

  private enum Kind: UInt8 {
    case network = 1
    case removal = 2
  }

  /// Where the parts of one network's record are.
  private struct Row {
    let id: Range<Int>
    let name: Range<Int>
    let afterName: Int
    let record: Range<Int>
  }

  /// Reads the file's bytes; nil when it is broken, incomplete or of another boot.
  init?(_ bytes: [UInt8], boot: String) {
    let header = Self.header(boot: boot, length: bytes.count)
    guard bytes.starts(with: header),
      var reader = BinaryReader(bytes, from: header.count, count: bytes.count - header.count)
    else { return nil }
    var rows: [Row] = []
    // How many rows stood before the record that takes a network away; it may come back after.
    var removals: [ArraySlice<UInt8>: Int] = [:]
    var removalCount = 0
    while !reader.isAtEnd {
      guard let kind = reader.byte().flatMap({ Kind(rawValue: $0) }),
        let length = reader.integer(as: UInt32.self)
      else { return nil }
      let start = reader.offset
      guard let id = reader.textRange() else { return nil }
      switch kind {
      case .removal:
        removals[bytes[id]] = rows.count
        removalCount += 1
      case .network:
        guard let name = reader.textRange() else { return nil }
        let end = start + Int(length)
        rows.append(Row(id: id, name: name, afterName: reader.offset, record: start..<end))
        guard reader.skip(end - reader.offset) else { return nil }
      }
    }
    self.bytes = bytes
    self.garbage = removalCount * 2
    self.rows =
      removals.isEmpty
      ? rows
      : rows.enumerated().filter { $0.offset >= removals[bytes[$0.element.id]] ?? 0 }
        .map(\.element)
  }

  /// The number of networks.
  var count: Int { rows.count }

  /// All networks; nil when a record is damaged.
  func networks() -> [Network]? {
    var networks: [Network] = []
    networks.reserveCapacity(rows.count)
    for row in rows.indices {
      guard let network = network(at: row) else { return nil }
      networks.append(network)
    }
    return networks
  }

  /// One of the networks, counted from 0; nil when its record is damaged.
  func network(at row: Int) -> Network? {
    let record = rows[row].record
    guard var reader = BinaryReader(bytes, from: record.lowerBound, count: record.count) else {
      return nil
    }
    return CatalogRecord.decode(&reader)
  }

  /// The identity of the network with this name, compared bytewise.
  func id(named name: String) -> String? {
    let count = name.utf8.count
    return rows.first { $0.name.count == count && bytes[$0.name].elementsEqual(name.utf8) }
      .map(idText)
  }

  /// The identities that begin with `prefix`.
  func ids(beginningWith prefix: String) -> [String] {
    rows.filter { bytes[$0.id].starts(with: prefix.utf8) }.map(idText)
  }

  /// The subnets of all networks; nil when a record is damaged.
  func subnets() -> [IPPrefix]? {
    var subnets: [IPPrefix] = []
    subnets.reserveCapacity(rows.count)
    for row in rows {
      let count = row.record.upperBound - row.afterName
      guard var reader = BinaryReader(bytes, from: row.afterName, count: count),
        let own = reader.list({ $0.prefix() })
      else { return nil }
      subnets += own
    }
    return subnets
  }

  private func idText(_ row: Row) -> String {
    String(decoding: bytes[row.id], as: UTF8.self)
  }

  /// The first line of a whole catalog of `length` bytes, or with nil of a broken one; it is always
  /// of the same length, so that one replaces the other in place.
  static func header(boot: String, length: Int?) -> [UInt8] {
    let width = 19
    let mark = length.map { "\($0)" } ?? "broken"
    let padding = String(repeating: " ", count: max(0, width - mark.utf8.count))
    return Array("netctl catalog 1 \(padding)\(mark) \(boot)\n".utf8)
  }

  /// The whole file for these networks.
  static func file(of networks: [Network], boot: String) -> [UInt8] {
    let records = networks.flatMap { record(of: $0) }
    let length = header(boot: boot, length: nil).count + records.count
    return header(boot: boot, length: length) + records
  }

  /// The record of a network.
  static func record(of network: Network) -> [UInt8] {
    record(.network, CatalogRecord.encode(network))
  }

  /// The record that takes a network away.
  static func removal(of id: NetworkID) -> [UInt8] {
    var writer = BinaryWriter()
    writer.append(id.description)
    return record(.removal, writer.bytes)
  }

  private static func record(_ kind: Kind, _ payload: [UInt8]) -> [UInt8] {
    var writer = BinaryWriter()
    writer.append(kind.rawValue)
    writer.append(UInt32(payload.count))
    return writer.bytes + payload
  }
}
