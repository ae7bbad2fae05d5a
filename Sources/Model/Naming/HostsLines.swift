/// The lines that hosts files have to have, for a comparison with one file after another.
package struct HostsLines: Sendable {
  /// The lines, each once and followed by a newline.
  private let text: [UInt8]
  private let ranges: [Range<Int>]
  // Numbers of lines, each in the first free place from that of its hash on; -1 where there is
  // none.
  private let table: [Int]

  /// Takes the lines; repetitions are left out.
  package init(_ lines: [String]) {
    var (text, ranges): ([UInt8], [Range<Int>]) = ([], [])
    var table = [Int](repeating: -1, count: Self.tableSize(for: lines.count))
    for line in lines {
      let range = text.count..<text.count + line.utf8.count
      text += Array(line.utf8)
      let (place, number) = Self.find(range, in: text, among: ranges, of: text, table)
      if number >= 0 {
        text.removeLast(range.count)
        continue
      }
      table[place] = ranges.count
      ranges.append(range)
      text.append(HostsFile.newline)
    }
    (self.text, self.ranges, self.table) = (text, ranges, table)
  }

  /// How many there are.
  var count: Int { ranges.count }

  /// How many bytes they have, with newlines.
  var size: Int { text.count }

  /// The bytes of a line.
  subscript(_ number: Int) -> ArraySlice<UInt8> { text[ranges[number]] }

  /// The number of the line that stands at a range of a file's bytes; nil if it is not wanted.
  func number(of line: Range<Int>, in bytes: [UInt8]) -> Int? {
    let number = Self.find(line, in: bytes, among: ranges, of: text, table).number
    return number < 0 ? nil : number
  }

  // A power of two that leaves half of the places free.
  private static func tableSize(for count: Int) -> Int {
    1 << (Int.bitWidth - (2 * count + 1).leadingZeroBitCount)
  }

  // The place of a line in the table, and its number there.
  private static func find(
    _ line: Range<Int>, in bytes: [UInt8], among ranges: [Range<Int>], of text: [UInt8],
    _ table: [Int]
  ) -> (place: Int, number: Int) {
    let line = bytes.span.extracting(line)
    var place = hash(line) & (table.count - 1)
    while table[place] >= 0 {
      let other = text.span.extracting(ranges[table[place]])
      if isSame(line, other) { break }
      place = (place + 1) & (table.count - 1)
    }
    return (place, table[place])
  }

  // FNV-1a of the beginning, which is mostly an address that no other line has.
  private static func hash(_ line: Span<UInt8>) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for offset in 0..<min(line.count, 16) {
      hash = (hash ^ UInt64(line[offset])) &* 0x100_0000_01b3
    }
    return Int(truncatingIfNeeded: hash ^ hash >> 32)
  }

  private static func isSame(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    for offset in 0..<left.count where left[offset] != right[offset] { return false }
    return true
  }
}
