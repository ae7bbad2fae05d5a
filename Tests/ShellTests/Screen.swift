/// What a terminal shows of the bytes that programs send it: the part of xterm's language that
/// shells use.
struct Screen {
  private(set) var rows: [[Character]]
  private var row = 0
  private var column = 0
  private let width: Int
  private var pending: [UInt8] = []

  init(width: Int, height: Int) {
    self.width = width
    rows = Array(repeating: Array(repeating: " ", count: width), count: height)
  }

  /// The rows without blanks at their ends and without empty rows at the end.
  var lines: [String] {
    var lines = rows.map { row in
      String(String(row).reversed().drop { $0 == " " }.reversed())
    }
    while lines.last == "" { lines.removeLast() }
    return lines
  }

  /// The row of the cursor.
  var currentLine: String { lines.indices.contains(row) ? lines[row] : "" }

  var text: String { lines.joined(separator: "\n") }

  /// Shows bytes; a sequence that is not complete waits for the rest.
  mutating func show(_ bytes: some Sequence<UInt8>) {
    pending += bytes
    while let count = step() { pending.removeFirst(count) }
  }

  /// Acts on what stands first, and gives its length; nil when it is not complete.
  private mutating func step() -> Int? {
    guard let byte = pending.first else { return nil }
    switch byte {
    case 0x1b: return escape()
    case UInt8(ascii: "\r"): column = 0
    case UInt8(ascii: "\n"): lineFeed()
    case 0x08: column = max(0, column - 1)
    case 0x09: column = min(width - 1, (column / 8 + 1) * 8)
    case ..<0x20: break
    default: return character()
    }
    return 1
  }

  private mutating func character() -> Int? {
    let length = pending[0] < 0x80 ? 1 : pending[0] < 0xe0 ? 2 : pending[0] < 0xf0 ? 3 : 4
    guard pending.count >= length else { return nil }
    if column == width {
      column = 0
      lineFeed()
    }
    rows[row][column] = String(decoding: pending[..<length], as: UTF8.self).first ?? " "
    column += 1
    return length
  }

  private mutating func lineFeed() {
    if row < rows.count - 1 {
      row += 1
    } else {
      rows.removeFirst()
      rows.append(Array(repeating: " ", count: width))
    }
  }

  private mutating func escape() -> Int? {
    guard pending.count > 1 else { return nil }
    switch pending[1] {
    case UInt8(ascii: "["):
      guard let end = pending.dropFirst(2).firstIndex(where: { (0x40...0x7e).contains($0) }) else {
        return nil
      }
      let parameters = String(decoding: pending[2..<end], as: UTF8.self)
      if parameters.allSatisfy({ $0.isNumber || $0 == ";" }) {
        control(pending[end], parameters.split(separator: ";").map { Int($0) ?? 0 })
      }
      return end + 1
    case UInt8(ascii: "]"):
      guard let end = pending.firstIndex(where: { $0 == 0x07 || $0 == UInt8(ascii: "\\") }) else {
        return nil
      }
      return end + 1
    case UInt8(ascii: "("), UInt8(ascii: ")"): return pending.count > 2 ? 3 : nil
    default: return 2
    }
  }

  private mutating func control(_ final: UInt8, _ parameters: [Int]) {
    let first = parameters.first ?? 0
    let count = max(1, first)
    switch Character(Unicode.Scalar(final)) {
    case "A": row = max(0, row - count)
    case "B": row = min(rows.count - 1, row + count)
    case "C": column = min(width - 1, column + count)
    case "D": column = max(0, column - count)
    case "G": column = min(width, count) - 1
    case "H":
      row = min(rows.count, count) - 1
      column = min(width, max(1, parameters.count > 1 ? parameters[1] : 1)) - 1
    case "J": erase(below: first == 0, all: first == 2)
    case "K": eraseInLine(from: first == 0 ? column : 0, to: first == 1 ? column : width - 1)
    case "P":
      rows[row].removeSubrange(column..<min(width, column + count))
      rows[row] += Array(repeating: " ", count: width - rows[row].count)
    case "@":
      rows[row].insert(contentsOf: Array(repeating: " ", count: count), at: column)
      rows[row].removeLast(count)
    default: break
    }
  }

  private mutating func erase(below: Bool, all: Bool) {
    if below { eraseInLine(from: column, to: width - 1) }
    for index in rows.indices where all || (below && index > row) {
      rows[index] = Array(repeating: " ", count: width)
    }
  }

  private mutating func eraseInLine(from start: Int, to end: Int) {
    for index in start..<max(start, min(width, end + 1)) { rows[row][index] = " " }
  }
}
