import Presentation

/// A table with columns, whose cells have one or more lines.
struct TextGrid {
  private struct Line {
    /// A prefix of the first cell that does not widen its column.
    let prefix: StyledText
    let cells: [StyledText]
  }

  private var lines: [Line?] = []
  private var widths: [Int] = []

  private static let gap = 2

  /// The width of the widest line.
  var width: Int { widths.reduce(0) { $0 + $1 + Self.gap } - Self.gap }

  /// Adds an empty line.
  mutating func addSeparator() { lines.append(nil) }

  /// Adds a row as high as its highest cell; `prefix` precedes its first cell, and `continuing` its
  /// further lines.
  mutating func add(
    _ columns: [[StyledText]], prefix: StyledText = StyledText(""),
    continuing: StyledText = StyledText("")
  ) {
    let height = columns.map(\.count).max() ?? 0
    for index in 0..<height {
      let cells = columns.map { index < $0.count ? $0[index] : StyledText("") }
      add(Line(prefix: index == 0 ? prefix : continuing, cells: cells))
    }
  }

  private mutating func add(_ line: Line) {
    lines.append(line)
    for (column, cell) in line.cells.enumerated() {
      let width =
        TerminalWidth.of(cell.text) + (column == 0 ? TerminalWidth.of(line.prefix.text) : 0)
      if column == widths.count { widths.append(0) }
      widths[column] = max(widths[column], width)
    }
  }

  /// The lines without trailing blanks.
  func text(_ style: TreeStyle) -> String {
    var text = ""
    for line in lines {
      if let line { write(line, style, to: &text) }
      text += "\n"
    }
    return text
  }

  private func write(_ line: Line, _ style: TreeStyle, to text: inout String) {
    var (written, start) = (0, 0)
    for (column, cell) in line.cells.enumerated() {
      let parts = (column == 0 ? [line.prefix] : []) + [cell]
      for part in parts where !part.text.isEmpty {
        text += String(repeating: " ", count: max(0, start - written))
        text += part.written(hasColor: style.hasColor)
        written = max(written, start) + TerminalWidth.of(part.text)
      }
      start += widths[column] + Self.gap
    }
  }
}
