/// Collects the bytes of a document.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []

  private let indentation: Int?
  private let escapesHTML: Bool
  private var depth = 0

  init(layout: JSONLayout, escapingHTML: Bool) {
    escapesHTML = escapingHTML
    switch layout {
    case .compact: indentation = nil
    case .indented(let spaces): indentation = max(spaces, 0)
    }
  }

  mutating func write(_ value: JSONValue) {
    switch value {
    case .null: append("null")
    case .bool(let bool): append(bool ? "true" : "false")
    case .number(let number): append(number.description)
    case .string(let string): write(string)
    case .array(let elements):
      write(elements, between: "[", and: "]") { writer, element in writer.write(element) }
    case .object(let object):
      write(object.members, between: "{", and: "}") { writer, member in
        writer.write(member.name)
        writer.append(writer.indentation == nil ? ":" : ": ")
        writer.write(member.value)
      }
    }
  }

  private mutating func write<Item>(
    _ items: [Item], between opening: String, and closing: String,
    each writeItem: (inout JSONWriter, Item) -> Void
  ) {
    append(opening)
    depth += 1
    var isFirst = true
    for item in items {
      if !isFirst { append(",") }
      isFirst = false
      breakLine()
      writeItem(&self, item)
    }
    depth -= 1
    if !items.isEmpty { breakLine() }
    append(closing)
  }

  private mutating func breakLine() {
    guard let indentation else { return }
    append("\n")
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentation * depth))
  }

  private mutating func write(_ string: String) {
    append("\"")
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case UInt8(ascii: "\n"): append("\\n")
      case UInt8(ascii: "\r"): append("\\r")
      case UInt8(ascii: "\t"): append("\\t")
      case 0x08: append("\\b")
      case 0x0c: append("\\f")
      case ..<0x20: appendEscape(of: byte)
      case UInt8(ascii: "<") where escapesHTML, UInt8(ascii: ">") where escapesHTML,
        UInt8(ascii: "&") where escapesHTML:
        appendEscape(of: byte)
      case 0xa8 where endsInLineSeparatorLead, 0xa9 where endsInLineSeparatorLead:
        bytes.removeLast(2)
        append(byte == 0xa8 ? "\\u2028" : "\\u2029")
      default: bytes.append(byte)
      }
    }
    append("\"")
  }

  /// Whether the last two bytes start U+2028 or U+2029, which are line terminators in JavaScript.
  private var endsInLineSeparatorLead: Bool {
    bytes.count >= 2 && bytes[bytes.count - 1] == 0x80 && bytes[bytes.count - 2] == 0xe2
  }

  private mutating func appendEscape(of byte: UInt8) {
    let digits = String(byte, radix: 16)
    append(digits.utf8.count == 1 ? "\\u000" : "\\u00")
    append(digits)
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
}
