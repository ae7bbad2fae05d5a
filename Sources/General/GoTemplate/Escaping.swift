/// The escapers of Go's text/template.
enum Escaping {
  private static let hexadecimal = Array("0123456789ABCDEF".utf8)

  static func html(_ text: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    for byte in text {
      switch byte {
      case 0: output.append(rune: Rune.replacement)
      case UInt8(ascii: "\""): output.append("&#34;")
      case UInt8(ascii: "'"): output.append("&#39;")
      case UInt8(ascii: "&"): output.append("&amp;")
      case UInt8(ascii: "<"): output.append("&lt;")
      case UInt8(ascii: ">"): output.append("&gt;")
      default: output.append(byte)
      }
    }
    return output
  }

  static func javaScript(_ text: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      let rune = Rune(in: text, at: index)
      let bytes = text[index..<(index + rune.width)]
      index += rune.width
      switch bytes[bytes.startIndex] {
      case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""):
        output.append(UInt8(ascii: "\\"))
        output += bytes
      case 0..<0x20, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"),
        UInt8(ascii: "="):
        output.append("\\u00")
        output.append(hexadecimal[Int(rune.value >> 4)])
        output.append(hexadecimal[Int(rune.value & 0xF)])
      case 0x80...:
        if RuneClass.isPrintable(rune.value) {
          output += bytes
        } else {
          let digits = String(rune.value, radix: 16, uppercase: true)
          output.append("\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
        }
      default: output += bytes
      }
    }
    return output
  }

  static func urlQuery(_ text: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    for byte in text {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "."), UInt8(ascii: "~"):
        output.append(byte)
      case UInt8(ascii: " "): output.append(UInt8(ascii: "+"))
      default:
        output.append(UInt8(ascii: "%"))
        output.append(hexadecimal[Int(byte >> 4)])
        output.append(hexadecimal[Int(byte & 0xF)])
      }
    }
    return output
  }
}
