/// Go's quoted forms of strings and characters.
enum Quoting {
  /// A string literal with this value.
  static func quoted(_ text: [UInt8], asciiOnly: Bool = false) -> [UInt8] {
    var output: [UInt8] = [UInt8(ascii: "\"")]
    output.reserveCapacity(text.count + 2)
    var index = 0
    while index < text.count {
      let rune = Rune(in: text, at: index)
      if rune.isInvalidByte {
        output.append("\\x" + hexadecimal(UInt32(text[index]), width: 2))
      } else {
        append(rune.value, quote: "\"", asciiOnly: asciiOnly, to: &output)
      }
      index += rune.width
    }
    output.append(UInt8(ascii: "\""))
    return output
  }

  /// A character literal with this value.
  static func quoted(rune: UInt32, asciiOnly: Bool) -> [UInt8] {
    let rune = Unicode.Scalar(rune) == nil ? Rune.replacement : rune
    var output: [UInt8] = [UInt8(ascii: "'")]
    append(rune, quote: "'", asciiOnly: asciiOnly, to: &output)
    output.append(UInt8(ascii: "'"))
    return output
  }

  /// Whether a raw string literal can have this value.
  static func canBackquote(_ text: [UInt8]) -> Bool {
    var result = true
    Rune.forEach(in: text) { rune in
      let isControl = rune.value < 0x20 && rune.value != 0x09 || rune.value == 0x7F
      if isControl || rune.isInvalidByte || rune.value == 0x60 || rune.value == 0xFEFF {
        result = false
      }
    }
    return result
  }

  private static func append(
    _ rune: UInt32, quote: Unicode.Scalar, asciiOnly: Bool, to output: inout [UInt8]
  ) {
    switch rune {
    case quote.value, 0x5C:
      output.append(UInt8(ascii: "\\"))
      output.append(rune: rune)
    case 0x07: output.append("\\a")
    case 0x08: output.append("\\b")
    case 0x09: output.append("\\t")
    case 0x0A: output.append("\\n")
    case 0x0B: output.append("\\v")
    case 0x0C: output.append("\\f")
    case 0x0D: output.append("\\r")
    case 0..<0x20, 0x7F: output.append("\\x" + hexadecimal(rune, width: 2))
    case _ where rune < 0x80 || !asciiOnly && RuneClass.isPrintable(rune):
      output.append(rune: rune)
    case 0..<0x10000: output.append("\\u" + hexadecimal(rune, width: 4))
    default: output.append("\\U" + hexadecimal(rune, width: 8))
    }
  }

  private static func hexadecimal(_ value: UInt32, width: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension GoString {
  /// A Go string literal with this value.
  var quoted: String {
    String(decoding: Quoting.quoted(bytes), as: UTF8.self)
  }
}
