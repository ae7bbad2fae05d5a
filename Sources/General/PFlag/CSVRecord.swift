/// The first CSV record of a string, parsed like Go's `encoding/csv`.
///
/// Fields are separated by commas; a quoted field may contain commas, doubled quotes and newlines.
/// Empty lines before the record are skipped, and what follows the record is ignored.
struct CSVRecord {
  private let bytes: [UInt8]
  private var nextLineStart = 0
  private var lineNumber = 0
  private var recordLine = 0
  private var line: Line
  private var position = 0
  private var field: [UInt8] = []

  /// A line without its newline; `hasEnd` is whether it had one.
  private struct Line {
    let content: ArraySlice<UInt8>
    let hasEnd: Bool
  }

  /// The fields of the record, none for an empty text.
  static func fields(of text: String) throws(CSVError) -> [String] {
    if text.isEmpty { return [] }
    var record = CSVRecord(text)
    return try record.fields()
  }

  private init(_ text: String) {
    bytes = Array(text.utf8)
    line = Line(content: [], hasEnd: false)
  }

  private mutating func fields() throws(CSVError) -> [String] {
    repeat {
      guard advanceLine() else {
        throw CSVError(.noRecord, recordLine: lineNumber, line: lineNumber, column: 1)
      }
    } while line.content.isEmpty
    recordLine = lineNumber

    var fields: [String] = []
    var hasMore = true
    while hasMore {
      field.removeAll()
      hasMore = try peek() == Self.quote ? quotedField() : plainField()
      fields.append(String(decoding: field, as: UTF8.self))
    }
    return fields
  }

  /// Parses a field up to a comma or the end of the line; returns whether another field follows.
  private mutating func plainField() throws(CSVError) -> Bool {
    while let byte = peek() {
      if byte == Self.quote { throw fault(.bareQuote, at: position) }
      position += 1
      if byte == Self.comma { return true }
      field.append(byte)
    }
    return false
  }

  /// Parses a quoted field, across lines if needed; returns whether another field follows.
  private mutating func quotedField() throws(CSVError) -> Bool {
    position += 1
    while true {
      guard let byte = peek() else {
        try continueOnNextLine()
        continue
      }
      position += 1
      if byte != Self.quote {
        field.append(byte)
        continue
      }
      switch peek() {
      case Self.quote:
        field.append(Self.quote)
        position += 1
      case Self.comma:
        position += 1
        return true
      case nil:
        return false
      default:
        throw fault(.strayOrMissingQuote, at: position - 1)
      }
    }
  }

  private mutating func continueOnNextLine() throws(CSVError) {
    let endOfLine = fault(.strayOrMissingQuote, at: position + (line.hasEnd ? 1 : 0))
    guard line.hasEnd, advanceLine(), !line.content.isEmpty || line.hasEnd else { throw endOfLine }
    field.append(Self.lineFeed)
  }

  private func peek() -> UInt8? {
    let index = line.content.startIndex + position
    return index < line.content.endIndex ? line.content[index] : nil
  }

  private func fault(_ fault: CSVError.Fault, at offset: Int) -> CSVError {
    CSVError(fault, recordLine: recordLine, line: lineNumber, column: offset + 1)
  }

  /// Moves to the next line; lines end in `\n`, `\r\n` or at the end of the string.
  private mutating func advanceLine() -> Bool {
    guard nextLineStart < bytes.endIndex else { return false }
    let rest = bytes[nextLineStart...]
    let end = rest.firstIndex(of: Self.lineFeed)
    var content = rest[..<(end ?? rest.endIndex)]
    if content.last == Self.carriageReturn { content.removeLast() }
    nextLineStart = end.map { $0 + 1 } ?? rest.endIndex
    line = Line(content: content, hasEnd: end != nil)
    lineNumber += 1
    position = 0
    return true
  }

  private static let comma = UInt8(ascii: ",")
  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
}
