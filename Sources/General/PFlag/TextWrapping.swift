/// Wraps text that starts at a column, with the widths and tolerances of pflag.
struct TextWrapping {
  /// The column the text starts at; the caller has already written the first line up to it.
  let indent: Int
  /// The number of columns; 0 disables wrapping.
  let columns: Int

  /// The narrowest column for text.
  private static let narrowestText = 24
  /// The indent of text on its own lines, if its column would be too narrow.
  private static let fallbackIndent = 16
  /// How far a last line may exceed the width, to avoid leaving a short word alone.
  private static let tolerance = 5

  func wrap(_ text: String) -> String {
    if columns == 0 { return indented([text], by: indent) }
    if columns - indent >= Self.narrowestText {
      return indented(broken(text, width: columns - indent), by: indent)
    }
    let width = columns - Self.fallbackIndent
    if width < Self.narrowestText { return indented([text], by: Self.fallbackIndent) }
    return indented([""] + broken(text, width: width), by: Self.fallbackIndent)
  }

  private func indented(_ lines: [String], by indent: Int) -> String {
    lines.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false) }
      .joined(separator: "\n" + String(repeating: " ", count: indent))
  }

  /// Breaks the text at blanks; existing newlines are kept.
  private func broken(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var rest = Array(text.utf8)[...]
    repeat {
      let end = endOfLine(rest, width: width)
      lines.append(String(decoding: rest[..<end], as: UTF8.self))
      rest = rest[end...].dropFirst()
    } while !rest.isEmpty
    return lines
  }

  private func endOfLine(_ text: ArraySlice<UInt8>, width: Int) -> Int {
    if text.count < width { return text.endIndex }
    let window = text.prefix(width - Self.tolerance)
    let blanks = [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n")]
    guard let blank = window.lastIndex(where: blanks.contains), blank > text.startIndex else {
      return text.endIndex
    }
    guard let lineEnd = window.lastIndex(of: UInt8(ascii: "\n")), lineEnd > text.startIndex else {
      return blank
    }
    return lineEnd
  }
}
