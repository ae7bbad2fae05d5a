/// Aligns cells that end with a tab, as Go's text/tabwriter does with a least width of 10 and a
/// padding of 3.
///
/// A column is a run of consecutive lines that have a cell there. What follows the last tab of a
/// line is no cell: it is not padded and widens nothing.
enum TabularText {
  private static let leastWidth = 10
  private static let padding = 3

  static func aligned(_ text: [UInt8]) -> [UInt8] {
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      $0.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map(Cell.init)
    }
    var output: [UInt8] = []
    output.reserveCapacity(text.count * 2)
    let widths = columnWidths(lines)
    for (index, line) in lines.enumerated() {
      if index > 0 { output.append(UInt8(ascii: "\n")) }
      for (column, cell) in line.enumerated() {
        output += cell.bytes
        guard column < line.count - 1 else { break }
        let blanks = widths[index][column] - cell.width
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: blanks))
      }
    }
    return output
  }

  private struct Cell {
    let bytes: ArraySlice<UInt8>
    let width: Int

    init(_ bytes: ArraySlice<UInt8>) {
      self.bytes = bytes
      self.width =
        bytes.allSatisfy { (0x20..<0x7f).contains($0) }
        ? bytes.count : TerminalWidth.of(String(decoding: bytes, as: UTF8.self))
    }
  }

  private static func columnWidths(_ lines: [[Cell]]) -> [[Int]] {
    var widths = lines.map { [Int](repeating: 0, count: $0.count - 1) }
    let columnCount = widths.map(\.count).max() ?? 0
    for column in 0..<columnCount {
      var start = 0
      while start < lines.count {
        guard widths[start].count > column else {
          start += 1
          continue
        }
        let end = lines[start...].firstIndex { $0.count - 1 <= column } ?? lines.count
        let longest = lines[start..<end].map { $0[column].width }.max() ?? 0
        let width = max(leastWidth, longest + padding)
        for line in start..<end { widths[line][column] = width }
        start = end
      }
    }
    return widths
  }
}
