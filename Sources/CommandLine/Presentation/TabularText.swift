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
  /// The number of cells in all lines up to and including each; the last of a line is the rest
  /// after its last tab.
  private var lineEnds: [Int] = []

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
    var cellStart = 0
    for index in 0...text.count {
      let byte = index < text.count ? text[index] : UInt8(ascii: "\n")
      guard byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n") else { continue }
      cells.append(Cell(bytes: cellStart..<index, width: width(cellStart..<index)))
      cellStart = index + 1
      if byte == UInt8(ascii: "\n") {
        lineEnds.append(cells.count)
      }
    }
  }

  private func cells(ofLine line: Int) -> Range<Int> {
    (line > 0 ? lineEnds[line - 1] : 0)..<lineEnds[line]
  }

  private func width(_ bytes: Range<Int>) -> Int {
    for index in bytes where !(0x20..<0x7f).contains(text[index]) {
      return TerminalWidth.of(String(decoding: text[bytes], as: UTF8.self))
    }
    return bytes.count
  }

  private mutating func alignColumns() {
    let columnCount = lineEnds.indices.map { cells(ofLine: $0).count - 1 }.max() ?? 0
    for column in 0..<columnCount {
      var start = 0
      while start < lineEnds.count {
        guard cells(ofLine: start).count - 1 > column else {
          start += 1
          continue
        }
        var (end, longest) = (start, 0)
        while end < lineEnds.count, cells(ofLine: end).count - 1 > column {
          longest = max(longest, cells[cells(ofLine: end).lowerBound + column].width)
          end += 1
        }
        let width = max(Self.leastWidth, longest + Self.padding)
        for line in start..<end {
          cells[cells(ofLine: line).lowerBound + column].columnWidth = width
        }
        start = end
      }
    }
  }

  private var output: [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count * 2)
    for index in lineEnds.indices {
      let line = cells(ofLine: index)
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
