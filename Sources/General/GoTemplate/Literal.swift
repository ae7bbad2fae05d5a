/// Reads the inside of Go's character and string literals.
struct Literal {
  private let bytes: [UInt8]
  private var index: Int
  private let quote: UInt8

  /// The value of a string literal with its quotes, nil if it is malformed.
  static func string(_ quoted: ArraySlice<UInt8>) -> GoString? {
    guard let quote = quoted.first else { return nil }
    let inside = quoted.dropFirst().dropLast()
    if quote == UInt8(ascii: "`") {
      return GoString(bytes: inside.filter { $0 != UInt8(ascii: "\r") })
    }
    var literal = Literal(bytes: Array(inside), index: 0, quote: quote)
    var value: [UInt8] = []
    value.reserveCapacity(inside.count)
    while literal.index < literal.bytes.count {
      guard literal.readCharacter(into: &value) != nil else { return nil }
    }
    return GoString(bytes: value)
  }

  /// The value of a character literal with its quotes.
  static func character(_ quoted: ArraySlice<UInt8>) throws(SyntaxProblem) -> UInt32 {
    var literal = Literal(
      bytes: Array(quoted.dropFirst()), index: 0, quote: UInt8(ascii: "'"))
    var ignored: [UInt8] = []
    guard let rune = literal.readCharacter(into: &ignored) else { throw .invalidSyntax }
    guard literal.bytes[literal.index...].elementsEqual([UInt8(ascii: "'")]) else {
      throw .malformedCharacter(GoString(bytes: Array(quoted)))
    }
    return rune
  }

  private mutating func readCharacter(into value: inout [UInt8]) -> UInt32? {
    guard index < bytes.count, bytes[index] != quote else { return nil }
    guard bytes[index] == UInt8(ascii: "\\") else {
      let rune = Rune(in: bytes, at: index)
      value += bytes[index..<(index + rune.width)]
      index += rune.width
      return rune.value
    }
    guard index + 1 < bytes.count else { return nil }
    let escape = bytes[index + 1]
    index += 2
    if let simple = simpleEscape(escape) {
      value.append(simple)
      return UInt32(simple)
    }
    return readNumericEscape(escape, into: &value)
  }

  private func simpleEscape(_ escape: UInt8) -> UInt8? {
    switch escape {
    case UInt8(ascii: "a"): 0x07
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "v"): 0x0B
    case UInt8(ascii: "\\"): escape
    case quote: escape
    default: nil
    }
  }

  private mutating func readNumericEscape(
    _ escape: UInt8, into value: inout [UInt8]
  ) -> UInt32? {
    switch escape {
    case UInt8(ascii: "x"):
      guard let byte = readDigits(2, radix: 16) else { return nil }
      value.append(UInt8(byte))
      return byte
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      let count = escape == UInt8(ascii: "u") ? 4 : 8
      guard let rune = readDigits(count, radix: 16), Unicode.Scalar(rune) != nil else { return nil }
      value.append(rune: rune)
      return rune
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      index -= 1
      guard let byte = readDigits(3, radix: 8), byte <= 0xFF else { return nil }
      value.append(UInt8(byte))
      return byte
    default: return nil
    }
  }

  private mutating func readDigits(_ count: Int, radix: Int) -> UInt32? {
    guard index + count <= bytes.count else { return nil }
    let digits = String(decoding: bytes[index..<(index + count)], as: UTF8.self)
    guard digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) else {
      return nil
    }
    index += count
    return UInt32(digits, radix: radix)
  }
}
