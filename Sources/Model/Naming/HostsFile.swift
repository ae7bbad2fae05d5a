package import Addressing

/// A hosts file (hosts(5)) with a block of netctl's lines among its keeper's own.
///
/// The file may be mounted in a container, so it is changed in place; and resolvers read it without
/// a lock at any moment. A new line is written as a comment, therefore, over a former line or
/// behind the others, and its first byte comes last; a line that goes becomes a comment by its
/// first byte. However far a change has come, a reader finds each line that stays, and no line that
/// was never meant.
package struct HostsFile: Sendable {
  /// What the block consists of, besides comments, and where its lines are.
  struct Block {
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
    let begin: [UInt8]
    // The file is netctl's own, and the block has the lines of the host's file, too.
    let beginOwn: [UInt8]
    let end: [UInt8]

    /// The marks of the state directory at a path.
    package init(statePath: String) {
      let owner = "# netctl \(statePath.filter { !$0.isNewline }):"
      begin = Array("\(owner) begin (netctl changes these lines)".utf8)
      beginOwn = Array("\(owner) begin (netctl changes these lines; with those of /etc/hosts)".utf8)
      end = Array("\(owner) end".utf8)
    }
  }

  static let comment = UInt8(ascii: "#")
  static let newline = UInt8(ascii: "\n")

  let bytes: [UInt8]
  let marks: Marks
  // The current block comes last; others were left by an interruption.
  let blocks: [Block]

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

  /// Whether the block has these lines and no others, in whatever order.
  package func hasExactly(_ wanted: HostsLines) -> Bool {
    var isFound = [Bool](repeating: false, count: wanted.count)
    for line in blocks.flatMap(entries) {
      guard let number = wanted.number(of: line, in: bytes) else { return false }
      isFound[number] = true
    }
    return isFound.allSatisfy(\.self)
  }

  /// The lines that are not comments, wherever they are.
  package var allLines: [String] {
    Self.lineRanges(in: bytes).filter { isEntry($0) }.map(text)
  }

  /// All lines without the names that are hidden, and without lines that have no other names.
  package func lines(hiding isHidden: (String) -> Bool) -> [String] {
    allLines.compactMap { line in
      let words = Self.words(of: line)
      let names = words.dropFirst().filter { !isHidden($0) }
      if names.count + 1 == words.count { return line }
      return names.isEmpty ? nil : "\(words[0])\t\(names.joined(separator: " "))"
    }
  }

  /// The addresses of a name, in the order of the lines; whoever has them is not asked.
  package func addresses(of name: String) -> [IPAddress] {
    let name = name.hasSuffix(".") ? String(name.dropLast()).foldedCase : name.foldedCase
    return allLines.compactMap { line in
      let words = Self.words(of: line)
      guard words.dropFirst().contains(where: { $0.foldedCase == name }) else { return nil }
      return IPAddress(words[0])
    }
  }

  // An address and its names.
  private static func words(of line: String) -> [String] {
    line.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" || $0 == "\r" }.map(String.init)
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

  // MARK: Parsing

  private static func blocks(in bytes: [UInt8], _ marks: Marks) -> [Block] {
    var blocks: [Block] = []
    // Lines that are only the block's if an end mark follows.
    var last: Block?
    var count = 0
    for line in lineRanges(in: bytes) {
      let isComment = !line.isEmpty && bytes[line.lowerBound] == comment
      if isComment, isMark(line, marks.begin, bytes) || isMark(line, marks.beginOwn, bytes) {
        last?.lines.removeSubrange(count...)
        if let last { blocks.append(last) }
        last = Block(begin: line)
        count = 0
      } else if isComment, isMark(line, marks.end, bytes) {
        last?.ends.append(line)
        count = last?.lines.count ?? 0
      } else {
        last?.lines.append(line)
      }
    }
    last?.lines.removeSubrange(count...)
    return blocks + (last.map { [$0] } ?? [])
  }

  private static func isMark(_ line: Range<Int>, _ mark: [UInt8], _ bytes: [UInt8]) -> Bool {
    line.count == mark.count && bytes[line].elementsEqual(mark)
  }

  private static func lineRanges(in bytes: [UInt8]) -> [Range<Int>] {
    let usualLength = 32
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(bytes.count / usualLength + 1)
    var start = 0
    let span = bytes.span
    for index in 0..<span.count where span[index] == newline {
      ranges.append(start..<index)
      start = index + 1
    }
    if start < bytes.count { ranges.append(start..<bytes.count) }
    return ranges
  }

  func entries(of block: Block) -> [Range<Int>] { block.lines.filter { isEntry($0) } }

  func isEntry(_ line: Range<Int>) -> Bool {
    !line.isEmpty && bytes[line.lowerBound] != Self.comment
  }

  private func text(_ line: Range<Int>) -> String { String(decoding: bytes[line], as: UTF8.self) }
}

extension String {
  fileprivate var utf8Array: [UInt8] { Array(utf8) }
}
