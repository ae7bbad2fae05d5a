import Addressing
import LinuxSystem
import NetworkModel

/// All networks in one file, so that finding one by name, checking a subnet against all others and
/// listing them cost one read however many there are.
///
/// It is a cache of the documents under `networks/`, never the truth: a writer declares it broken
/// before it changes a document and whole again afterwards, and whoever meets a broken one, or one
/// of an earlier boot, reads the documents. After a line with the length of the file and the boot,
/// each network is one line: its identity, the length of its document, its subnets, its name and
/// the document, separated by tabs; a removed network is one more line with its identity.
struct Catalog {
  static let fileName = "catalog"

  private let bytes: [UInt8]
  private let rows: [Row]
  /// Lines that stand for nothing any more.
  let garbage: Int

  /// Where the parts of one network's line are.
  private struct Row {
    let id: Range<Int>
    let subnets: Range<Int>
    let name: Range<Int>
    let document: Range<Int>
  }

  /// Reads the file's bytes; nil when it is broken, incomplete or of another boot.
  init?(_ bytes: [UInt8], boot: String) {
    let header = Self.header(boot: boot, length: bytes.count)
    guard bytes.starts(with: header), bytes.last == Ascii.newline else { return nil }
    var scanner = Scanner(bytes: bytes, position: header.count)
    var rows: [Row] = []
    // How many rows stood before the line that takes a network away; it may come back after.
    var removals: [ArraySlice<UInt8>: Int] = [:]
    var removalCount = 0
    while scanner.position < bytes.count {
      if scanner.skip(Ascii.minus) {
        guard let id = scanner.field(endingWith: Ascii.newline) else { return nil }
        removals[bytes[id]] = rows.count
        removalCount += 1
      } else {
        guard let row = scanner.row() else { return nil }
        rows.append(row)
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

  /// The documents of all networks.
  var documents: [ArraySlice<UInt8>] { rows.map { bytes[$0.document] } }

  /// The identity of the network whose name is written so in JSON.
  func id(named name: [UInt8]) -> String? {
    rows.first { $0.name.count == name.count && bytes[$0.name].elementsEqual(name) }.map(idText)
  }

  /// The identities that begin with `prefix`.
  func ids(beginningWith prefix: String) -> [String] {
    rows.filter { bytes[$0.id].starts(with: prefix.utf8) }.map(idText)
  }

  /// The subnets of all networks.
  var subnets: [IPPrefix] {
    rows.flatMap { row in
      bytes[row.subnets].split(separator: Ascii.comma).compactMap { text in
        try? IPPrefix(parsing: String(decoding: text, as: UTF8.self))
      }
    }
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
    let lines = networks.flatMap { line(for: $0) }
    return header(boot: boot, length: header(boot: boot, length: nil).count + lines.count) + lines
  }

  /// The line of a network.
  static func line(for network: Network) -> [UInt8] {
    let document = NetworkDocument.encode(network)
    let subnets = network.subnets.map(\.subnet.description).joined(separator: ",")
    return Array("\(network.id)\t\(document.count)\t\(subnets)\t".utf8)
      + NetworkDocument.encodeName(network.name) + [Ascii.tab] + document + [Ascii.newline]
  }

  /// The line that takes a network away.
  static func removalLine(for id: NetworkID) -> [UInt8] {
    [Ascii.minus] + Array(id.description.utf8) + [Ascii.newline]
  }

  /// Walks over the lines; only the document, which is skipped by its length, may be long.
  private struct Scanner {
    let bytes: [UInt8]
    var position: Int

    mutating func skip(_ byte: UInt8) -> Bool {
      guard position < bytes.count, bytes[position] == byte else { return false }
      position += 1
      return true
    }

    mutating func field(endingWith end: UInt8) -> Range<Int>? {
      let start = position
      while position < bytes.count, bytes[position] != end { position += 1 }
      guard skip(end) else { return nil }
      return start..<(position - 1)
    }

    mutating func row() -> Row? {
      guard let id = field(endingWith: Ascii.tab),
        let length = field(endingWith: Ascii.tab),
        let count = Int(String(decoding: bytes[length], as: UTF8.self)), count >= 0,
        let subnets = field(endingWith: Ascii.tab),
        let name = field(endingWith: Ascii.tab),
        count < bytes.count - position
      else { return nil }
      let document = position..<(position + count)
      position += count
      return skip(Ascii.newline)
        ? Row(id: id, subnets: subnets, name: name, document: document) : nil
    }
  }
}

/// The bytes that separate a catalog's parts.
enum Ascii {
  static let tab = UInt8(ascii: "\t")
  static let newline = UInt8(ascii: "\n")
  static let comma = UInt8(ascii: ",")
  static let minus = UInt8(ascii: "-")
}
