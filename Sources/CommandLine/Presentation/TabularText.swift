/// Aligns tab-terminated cells like Go's text/tabwriter with a minimum width of 10 and a padding of
/// 3.
///
/// A column is a run of consecutive lines that have a cell there. Text after the last tab of a line
/// is not a cell: it is neither padded nor does it widen the column.
struct TabularText {
  private static let leastWidth = 10
  private static let padding = 3

  private let text: [UInt8]
  private var cells: [Cell] = []
  /// The cells of each line, and the rest after the last tab.
  private var lines: [Range<Int>] = []

  private struct Cell {
    let bytes: Range<Int>
    let width: Int
    var columnWidth = 0
  }

  static func aligned(_ text: [UInt8]) -> [UInt8] {
    var table = TabularText(text)
    table.alignColumns()
    return table.output
  }

  private init(_ text: [UInt8]) {
    self.text = text
    var (cellStart, lineStart) = (0, 0)
    for index in 0...text.count {
      let byte = index < text.count ? text[index] : UInt8(ascii: "\n")
      guard byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n") else { continue }
      cells.append(Cell(bytes: cellStart..<index, width: width(cellStart..<index)))
      cellStart = index + 1
      if byte == UInt8(ascii: "\n") {
        lines.append(lineStart..<cells.count)
        lineStart = cells.count
      }
    }
  }

  private func width(_ bytes: Range<Int>) -> Int {
    for index in bytes where !(0x20..<0x7f).contains(text[index]) {
      return TerminalWidth.of(String(decoding: text[bytes], as: UTF8.self))
    }
    return bytes.count
  }

  private mutating func alignColumns() {
    let columnCount = lines.map { $0.count - 1 }.max() ?? 0
    for column in 0..<columnCount {
      var start = 0
      while start < lines.count {
        guard lines[start].count - 1 > column else {
          start += 1
          continue
        }
        var (end, longest) = (start, 0)
        while end < lines.count, lines[end].count - 1 > column {
          longest = max(longest, cells[lines[end].lowerBound + column].width)
          end += 1
        }
        let width = max(Self.leastWidth, longest + Self.padding)
        for line in start..<end { cells[lines[line].lowerBound + column].columnWidth = width }
        start = end
      }
    }
  }

  private var output: [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count * 2)
    for (index, line) in lines.enumerated() {
      if index > 0 { output.append(UInt8(ascii: "\n")) }
      for position in line {
        let cell = cells[position]
        output += text[cell.bytes]
        guard position < line.upperBound - 1 else { break }
        let blanks = cell.columnWidth - cell.width
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: blanks))
      }
    }
    return output
  }
}
