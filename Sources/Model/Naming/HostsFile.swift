package import Addressing

/// A hosts file (hosts(5)) with a block of netctl's lines among its keeper's own.
///
/// The file may be mounted in a container, so it is changed in place; and resolvers read it without
/// a lock at any moment. No line moves, therefore: a new one is written as a comment, over a former
/// line or behind the block, and its first byte comes last; a line that goes becomes a comment by
/// its first byte. However far a change has come, a reader finds each line that stays, and no line
/// that was never meant.
package struct HostsFile: Sendable {
  /// What the block consists of, besides comments, and where its lines are.
  private struct Block {
    /// The line with the first mark.
    var begin: Range<Int>
    /// The lines with the last mark: more than one after an interruption.
    var ends: [Range<Int>] = []
    /// The lines between the marks, without the newline.
    var lines: [Range<Int>] = []

    var offsetBehind: Int { (ends.last?.upperBound ?? begin.upperBound) + 1 }
  }

  /// The lines around a block. They name the state directory whose containers it lists: another one
  /// has a block of its own.
  package struct Marks: Sendable {
    fileprivate let begin: [UInt8]
    // The file is netctl's own, and the block has the lines of the host's file, too.
    fileprivate let beginOwn: [UInt8]
    fileprivate let end: [UInt8]

    /// The marks of the state directory at a path.
    package init(statePath: String) {
      let owner = "# netctl \(statePath.filter { !$0.isNewline }):"
      begin = Array("\(owner) begin (netctl changes these lines)".utf8)
      beginOwn = Array("\(owner) begin (netctl changes these lines; with those of /etc/hosts)".utf8)
      end = Array("\(owner) end".utf8)
    }
  }

  private static let comment = UInt8(ascii: "#")
  private static let newline = UInt8(ascii: "\n")

  private let bytes: [UInt8]
  private let marks: Marks
  // The current block comes last; others were left by an interruption.
  private let blocks: [Block]

  /// Parses a file, in which only the blocks between these marks are netctl's.
  package init(_ bytes: [UInt8], _ marks: Marks) {
    self.bytes = bytes
    self.marks = marks
    blocks = Self.blocks(in: bytes, marks)
  }

  /// The contents of a file that netctl makes: the host's lines and then the container's.
  package static func contents(host: [String], lines: [String], _ marks: Marks) -> [UInt8] {
    [UInt8](
      [marks.beginOwn, (host + lines).joined(separator: "\n").utf8Array, marks.end]
        .filter { !$0.isEmpty }.joined(separator: [newline])) + [newline]
  }

  /// Whether there is a block.
  package var hasBlock: Bool { !blocks.isEmpty }

  /// Whether nothing but the block is in the file, which netctl made.
  package var isOwn: Bool {
    guard blocks.count == 1, let block = blocks.first else { return false }
    return hasHostLines && block.begin.lowerBound == 0 && block.offsetBehind >= bytes.count
  }

  /// Whether the block has the lines of the host's file, too.
  package var hasHostLines: Bool {
    blocks.last.map { bytes[$0.begin].elementsEqual(marks.beginOwn) } ?? false
  }

  /// The lines of the block.
  package var lines: [String] { blocks.flatMap { entries(of: $0) }.map(text) }

  /// The lines that are not comments, wherever they are.
  package var allLines: [String] {
    Self.lineRanges(in: bytes[...]).filter { isEntry($0) }.map(text)
  }

  /// The addresses of a name, in the order of the lines; whoever has them is not asked.
  package func addresses(of name: String) -> [IPAddress] {
    let name = name.hasSuffix(".") ? String(name.dropLast()).foldedCase : name.foldedCase
    return allLines.compactMap { line in
      let words = line.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" || $0 == "\r" }
      guard words.dropFirst().contains(where: { String($0).foldedCase == name }) else { return nil }
      return IPAddress(String(words[0]))
    }
  }

  /// The lines that give an address these names. Some resolvers read no more than 511 bytes of a
  /// line (musl).
  static func lines(of address: IPAddress, _ names: [String]) -> [String] {
    let longest = 400
    var lines: [String] = []
    for name in names {
      if let last = lines.last, last.utf8.count + name.utf8.count < longest {
        lines[lines.count - 1] += " " + name
      } else {
        lines.append("\(address)\t\(name)")
      }
    }
    return lines
  }

  // MARK: Changes

  /// A change of some bytes of a file.
  package enum Edit: Hashable, Sendable {
    /// These bytes are written at this offset, which may be the end of the file.
    case write([UInt8], at: Int)
    /// The file ends here.
    case truncate(Int)
  }

  /// What makes these lines those of the block, in the order in which it has to be done. Nothing
  /// remains of a block without lines that is the end of the file.
  package func edits(to wanted: [String]) -> [Edit] {
    guard let block = blocks.last else {
      return wanted.isEmpty ? [] : appending(wanted, mark: marks.begin)
    }
    let former = blocks.dropLast().flatMap(retiring)
    if wanted.isEmpty, block.offsetBehind >= bytes.count {
      return former + [.truncate(block.begin.lowerBound)]
    }
    return edits(of: block, to: wanted) + former
  }

  private func edits(of block: Block, to wanted: [String]) -> [Edit] {
    var missing = Set(wanted)
    var unwanted: [Range<Int>] = []
    for line in entries(of: block) where missing.remove(text(line)) == nil { unwanted.append(line) }
    var free = block.lines.filter { !isEntry($0) && !$0.isEmpty }
    var (edits, rest): ([Edit], [String]) = ([], [])
    for line in wanted where missing.remove(line) != nil {
      let count = line.utf8.count
      if let slot = free.firstIndex(where: { $0.count >= count }) {
        edits += placing(line.utf8Array, over: free.remove(at: slot))
      } else {
        rest.append(line)
      }
    }
    if rest.isEmpty { return edits + unwanted.flatMap(clearing) }
    guard block.offsetBehind >= bytes.count, !block.ends.isEmpty else {
      // The keeper's own lines follow: another block begins behind them.
      let mark = hasHostLines ? marks.beginOwn : marks.begin
      return appending(wanted, mark: mark) + retiring(block)
    }
    return edits + growing(block, by: rest) + unwanted.flatMap(clearing)
  }

  // In place of a comment that is long enough.
  private func placing(_ line: [UInt8], over slot: Range<Int>) -> [Edit] {
    let fill = [UInt8](repeating: Self.comment, count: slot.count)
    let end = slot.count > line.count ? [Self.newline] : []
    let isBlank = bytes[slot].elementsEqual(fill)
    return (isBlank ? [] : [.write(fill, at: slot.lowerBound)])
      + [
        .write(Array(line.dropFirst()) + end, at: slot.lowerBound + 1),
        .write([line[0]], at: slot.lowerBound),
      ]
  }

  private func growing(_ block: Block, by lines: [String]) -> [Edit] {
    var (comments, flips) = commented(lines, at: bytes.count + missingNewline.count)
    comments += marks.end + [Self.newline]
    return [.write(missingNewline + comments, at: bytes.count)]
      + block.ends.flatMap(clearing) + flips
  }

  private func appending(_ lines: [String], mark: [UInt8]) -> [Edit] {
    let head = missingNewline + mark + [Self.newline]
    let (comments, flips) = commented(lines, at: bytes.count + head.count)
    return [.write(head + comments + marks.end + [Self.newline], at: bytes.count)] + flips
  }

  // Lines as comments that begin at an offset, and what then makes lines of them.
  private func commented(_ lines: [String], at offset: Int) -> (bytes: [UInt8], flips: [Edit]) {
    var (bytes, flips): ([UInt8], [Edit]) = ([], [])
    for line in lines.map(\.utf8Array) {
      flips.append(.write([line[0]], at: offset + bytes.count))
      bytes += [Self.comment] + line.dropFirst() + [Self.newline]
    }
    return (bytes, flips)
  }

  private func clearing(_ line: Range<Int>) -> [Edit] {
    let fill = [UInt8](repeating: Self.comment, count: line.count - 1)
    return [.write([Self.comment], at: line.lowerBound)]
      + (fill.isEmpty ? [] : [.write(fill, at: line.lowerBound + 1)])
  }

  private func retiring(_ block: Block) -> [Edit] {
    (entries(of: block) + block.ends + [block.begin]).flatMap(clearing)
  }

  private var missingNewline: [UInt8] {
    bytes.last.map { $0 == Self.newline } ?? true ? [] : [Self.newline]
  }

  // MARK: Parsing

  private static func blocks(in bytes: [UInt8], _ marks: Marks) -> [Block] {
    var blocks: [Block] = []
    var behind: [Range<Int>] = []
    for line in lineRanges(in: bytes[...]) {
      let text = bytes[line]
      if text.elementsEqual(marks.begin) || text.elementsEqual(marks.beginOwn) {
        blocks.append(Block(begin: line))
        behind = []
      } else if let last = blocks.indices.last {
        if text.elementsEqual(marks.end) {
          blocks[last].lines += behind
          blocks[last].ends.append(line)
          behind = []
        } else {
          behind.append(line)
        }
      }
    }
    return blocks
  }

  private static func lineRanges(in bytes: ArraySlice<UInt8>) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let end = bytes[start...].firstIndex(of: newline) ?? bytes.endIndex
      ranges.append(start..<end)
      start = end + 1
    }
    return ranges
  }

  private func entries(of block: Block) -> [Range<Int>] { block.lines.filter { isEntry($0) } }

  private func isEntry(_ line: Range<Int>) -> Bool {
    !line.isEmpty && bytes[line.lowerBound] != Self.comment
  }

  private func text(_ line: Range<Int>) -> String { String(decoding: bytes[line], as: UTF8.self) }
}

extension String {
  fileprivate var utf8Array: [UInt8] { Array(utf8) }
}
