import Addressing
import LinuxSystem
import NetworkModel

/// All networks in one file, so that looking up a name, checking a subnet for overlaps and listing
/// cost one read regardless of the number of networks.
///
/// It is a cache of the documents under `networks/`, never authoritative: a writer marks it invalid
/// before changing a document and valid again afterwards. A reader that finds it invalid, from an
/// earlier boot, or older than a document that was added or removed by hand reads the documents
/// instead.
///
/// The first line holds the length of the file, the stamp of the documents' directory, and the
/// boot. Each network is one record with a type and a length, starting with the stamp of its
/// document; a removed network gets a tombstone record with its identity.
struct NetworkCache {
  static let fileName = "catalog"
  private static let stampLength = 24

  private let bytes: [UInt8]
  private let rows: [Row]
  /// The stamp of the documents' directory when the cache was written.
  let documents: FileStamp
  /// The number of obsolete records.
  let garbage: Int

  private enum Kind: UInt8 {
    case network = 1
    case removal = 2
  }

  /// The positions of the parts of one network's record.
  private struct Row {
    let stamp: Int
    let id: Range<Int>
    let name: Range<Int>
    let afterName: Int
    let record: Range<Int>
  }

  /// A tombstone; the network may have been added again afterwards.
  private struct Removal {
    let id: Range<Int>
    let precedingRows: Int
  }

  /// Parses the file; nil when it is invalid, incomplete, of another boot, or older than the
  /// documents.
  init?(_ bytes: [UInt8], boot: String, documents: FileStamp) {
    let header = Self.header(boot: boot, length: bytes.count, documents: documents)
    guard bytes.starts(with: header),
      var reader = BinaryReader(bytes, from: header.count, count: bytes.count - header.count)
    else { return nil }
    var rows: [Row] = []
    // By the beginning of the identity, which is a number that is hashed at once.
    var removals: [UInt64: [Removal]] = [:]
    var removalCount = 0
    while !reader.isAtEnd {
      guard let kind = reader.byte().flatMap({ Kind(rawValue: $0) }),
        let length = reader.integer(as: UInt32.self)
      else { return nil }
      let start = reader.offset
      switch kind {
      case .removal:
        guard let id = reader.textRange() else { return nil }
        removals[bytes[id].beginning, default: []].append(
          Removal(id: id, precedingRows: rows.count))
        removalCount += 1
      case .network:
        guard reader.skip(Self.stampLength) else { return nil }
        let record = reader.offset
        guard let id = reader.textRange(), let name = reader.textRange() else { return nil }
        let (end, afterName) = (start + Int(length), reader.offset)
        guard reader.skip(end - afterName) else { return nil }
        rows.append(
          Row(stamp: start, id: id, name: name, afterName: afterName, record: record..<end))
      }
    }
    self.bytes = bytes
    self.documents = documents
    self.garbage = removalCount * 2
    self.rows =
      removals.isEmpty
      ? rows
      : rows.enumerated().filter { offset, row in
        !(removals[bytes[row.id].beginning] ?? []).contains {
          offset < $0.precedingRows && bytes[$0.id] == bytes[row.id]
        }
      }.map(\.element)
  }

  /// The number of networks.
  var count: Int { rows.count }

  /// A network by its row; nil when the record is damaged.
  func network(at row: Int) -> Network? {
    let record = rows[row].record
    guard var reader = BinaryReader(bytes, from: record.lowerBound, count: record.count) else {
      return nil
    }
    return NetworkCacheRecord.decode(&reader)
  }

  /// The stamp of a network's document when its record was written.
  func stamp(at row: Int) -> FileStamp? {
    let (start, end) = (rows[row].stamp, rows[row].record.lowerBound)
    var reader = BinaryReader(bytes, from: start, count: end - start)
    return reader?.stamp()
  }

  /// Whether the documents are still the ones that the cache was made from.
  func isOf(_ documents: NetworkDocuments) -> Bool {
    documents.stamps.count == count
      && documents.stamps.enumerated().allSatisfy { $0.element == stamp(at: $0.offset) }
  }

  /// The identity of the network in a row.
  func idText(at row: Int) -> String { idText(rows[row]) }

  /// The identity of the network with exactly this name, compared bytewise.
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
  func subnets() -> [NetworkSubnet]? {
    var subnets: [NetworkSubnet] = []
    subnets.reserveCapacity(rows.count)
    for row in rows {
      let count = row.record.upperBound - row.afterName
      guard var reader = BinaryReader(bytes, from: row.afterName, count: count),
        let own = reader.list({ $0.prefix() }), reader.integer(as: Int64.self) != nil,
        let scope = reader.textRange(), reader.textRange() != nil,
        reader.skip(AddressFamily.allCases.count), let addressDriver = reader.text()
      else { return nil }
      let space = AddressSpace(
        addressDriver: addressDriver,
        isGlobal: bytes[scope].elementsEqual(AddressSpace.globalScope.utf8))
      subnets += own.map { NetworkSubnet(prefix: $0, space: space) }
    }
    return subnets
  }

  private func idText(_ row: Row) -> String {
    String(decoding: bytes[row.id], as: UTF8.self)
  }

  /// The first line of a valid cache of `length` bytes.
  static func header(boot: String, length: Int, documents: FileStamp) -> [UInt8] {
    header(
      boot: boot,
      fields: [
        "\(length)", "\(Int64(bitPattern: documents.inode))", "\(documents.size)",
        "\(documents.changed)",
      ])
  }

  /// The first line of an invalid cache; of the same length, so that one can overwrite the other in
  /// place.
  static func brokenHeader(boot: String) -> [UInt8] {
    header(boot: boot, fields: ["broken", "", "", ""])
  }

  private static func header(boot: String, fields: [String]) -> [UInt8] {
    let width = 20
    var line = "netctl catalog 2"
    for field in fields {
      line += " " + String(repeating: " ", count: max(0, width - field.utf8.count)) + field
    }
    return Array("\(line) \(boot)\n".utf8)
  }

  /// The whole file for these networks; nil when the documents' directory does not exist.
  static func file(of documents: NetworkDocuments, boot: String) -> [UInt8]? {
    guard let folder = documents.folder else { return nil }
    let records = zip(documents.networks, documents.stamps).flatMap { record(of: $0, as: $1) }
    let length = brokenHeader(boot: boot).count + records.count
    return header(boot: boot, length: length, documents: folder) + records
  }

  /// The record of a network and the stamp of its document.
  static func record(of network: Network, as stamp: FileStamp) -> [UInt8] {
    var writer = BinaryWriter()
    writer.append(stamp)
    return record(.network, writer.bytes + NetworkCacheRecord.encode(network))
  }

  /// The tombstone record of a network.
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

extension ArraySlice<UInt8> {
  /// The first bytes as a number.
  fileprivate var beginning: UInt64 { prefix(8).reduce(0) { $0 << 8 | UInt64($1) } }
}

extension BinaryWriter {
  fileprivate mutating func append(_ stamp: FileStamp) {
    append(stamp.inode)
    append(stamp.size)
    append(stamp.changed)
  }
}

extension BinaryReader {
  fileprivate mutating func stamp() -> FileStamp? {
    guard let inode = integer(as: UInt64.self), let size = integer(as: Int64.self),
      let changed = integer(as: Int64.self)
    else { return nil }
    return FileStamp(inode: inode, size: size, changed: changed)
  }
}
